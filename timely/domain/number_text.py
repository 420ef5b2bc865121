"""Large numbers in a sentence, translated when the sentence is."""

from timely.domain.translation import Text, lazy_pgettext


def thousands(number: int) -> Text:
    """ "1,437": a message of its own, since languages part thousands in different ways."""
    if number < 1000:
        return str(number)
    above = thousands(number // 1000)
    return lazy_pgettext(
        "number from a thousand on", "%(thousands)s,%(rest)s", thousands=above, rest=f"{number % 1000:03}"
    )
