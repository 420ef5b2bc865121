"""Text of numbers: signed differences, ratios to three decimals, ordinals, all as the reader's language writes them."""

from fractions import Fraction
from functools import lru_cache
from math import inf

from babel.numbers import get_decimal_symbol, get_group_symbol

from timely.domain.translation import Language, current_language, lazy_pgettext, pgettext
from timely.languages.locales import locale_of

MINUS = "\N{MINUS SIGN}"
DASH = "\N{EN DASH}"


def signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"{MINUS}{-number}" if number < 0 else "0"


def ratio(value: Fraction | float | None) -> float | None:
    """The ratio for JSON; null for infinity, which JSON cannot hold (`…_text` shows it)."""
    return None if value is None or value == inf else round(float(value), 6)


def ratio_text(value: Fraction | float | None, *, cut: bool = False) -> str:
    """Three decimals, rounded; truncated with *cut*, as some federations do."""
    if value is None:
        return DASH
    if isinstance(value, float):
        return "∞"
    return decimals(value, cut=cut)


def decimals(value: Fraction | float, *, cut: bool = False) -> str:
    """Three decimals without a sign, rounded half away from zero, or truncated. The ranking compares exact values."""
    thousandths = int(abs(Fraction(value)) * 1000 + (0 if cut else Fraction(1, 2)))
    return with_decimal_symbol(f"{thousandths // 1000}.{thousandths % 1000:03}")


def with_decimal_symbol(text: str) -> str:
    """*text*, a number with a point, with the decimal symbol of the reader's language."""
    return text.replace(".", _symbols(current_language())[0])


def grouped(number: int) -> str:
    """ "1,437"; "1.437" in German."""
    return f"{number:,}".replace(",", _symbols(current_language())[1])


@lru_cache(50)
def _symbols(language: Language) -> tuple[str, str]:
    """The decimal symbol, and that between thousands."""
    locale = locale_of(language)
    return get_decimal_symbol(locale), get_group_symbol(locale)


# By the categories of CLDR's rules for ordinals, of which English has four: 1st, 2nd, 3rd, 4th.
ORDINALS = {
    "one": lazy_pgettext("ordinal number, such as 1st", "%(number)sst"),
    "two": lazy_pgettext("ordinal number, such as 2nd", "%(number)snd"),
    "few": lazy_pgettext("ordinal number, such as 3rd", "%(number)srd"),
    "many": lazy_pgettext("ordinal number, such as 8th and 11th in Italian", "%(number)sth"),
    "other": lazy_pgettext("ordinal number, such as 4th", "%(number)sth"),
}


def ordinal_text(number: int) -> str:
    """ "1st", "2nd", "3rd", as the reader's language has them: "1er", "2e"."""
    return _ordinal(number, current_language())


@lru_cache(2_000)
def _ordinal(number: int, language: Language) -> str:
    form = ORDINALS[locale_of(language).ordinal_form(number)]
    return pgettext(form.context, form.message, number=number)
