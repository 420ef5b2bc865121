"""Lists of things in a sentence, translated when the sentence is."""

from collections.abc import Sequence

from timely.domain.translation import Text, lazy_gettext


def either(texts: Sequence[Text]) -> Text:
    """ "A or B or C"; "" for none."""
    *others, last = texts or ("",)
    for one in reversed(others):
        last = lazy_gettext("%(one)s or %(other)s", one=one, other=last)
    return last


def both(texts: Sequence[Text]) -> Text:
    """ "A and B and C"; "" for none."""
    *others, last = texts or ("",)
    for one in reversed(others):
        last = lazy_gettext("%(one)s and %(other)s", one=one, other=last)
    return last
