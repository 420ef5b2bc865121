"""CLDR locale of a language, for its dates, numbers and lists, and the name that it has for itself."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError

from timely.domain.translation import Language

ENGLISH_LOCALE = Locale("en", "GB")
# CLDR writes dates as in the United States and Brazil where a language is all that is said.
OUR_LOCALES = {"en": ENGLISH_LOCALE, "pt": Locale("pt", "PT")}


@lru_cache(50)
def locale_of(language: Language) -> Locale:
    """That of its code; British English for a code that CLDR does not know."""
    try:
        return OUR_LOCALES.get(language.code) or Locale.parse(language.code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return ENGLISH_LOCALE


@lru_cache(50)
def own_name(code: str) -> str:
    """The language's name for itself, as it begins a line: "Deutsch", "Français"; the code if CLDR does not know it."""
    try:
        name = Locale.parse(code).get_language_name(code) or code
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:]
