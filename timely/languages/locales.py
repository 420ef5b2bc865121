"""CLDR locale of a language, for its dates, numbers and lists."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError

from timely.domain.translation import ENGLISH, Language

ENGLISH_LOCALE = Locale("en", "GB")


@lru_cache(50)
def locale_of(language: Language) -> Locale:
    """That of its code; British English for English, and for a code that CLDR does not know."""
    if language == ENGLISH:
        return ENGLISH_LOCALE
    try:
        return Locale.parse(language.code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return ENGLISH_LOCALE
