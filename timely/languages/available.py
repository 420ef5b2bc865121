"""Languages that this installation has, and the one in which it speaks where nothing else decides."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask, current_app

from timely.domain.translation import ENGLISH, Language
from timely.languages.catalogues import CatalogueError, find_languages
from timely.languages.locales import own_name

EXTENSION = "timely.languages"


@dataclass(frozen=True, slots=True)
class Languages:
    """`by_code` is in the order in which a menu lists them."""

    by_code: dict[str, Language]
    default: Language = ENGLISH

    def __iter__(self) -> Iterator[Language]:
        return iter(self.by_code.values())

    def find(self, code: str | None) -> Language | None:
        """The language of the code, whatever its case and region ("de-AT"); None if there is none."""
        if not code or len(code) > 35:  # the longest that RFC 5646 advises
            return None
        wanted = code.replace("_", "-").lower()
        return self.by_code.get(wanted) or self.by_code.get(wanted.partition("-")[0])

    def get(self, code: str | None) -> Language:
        """As `find`; the default of the installation if there is none."""
        return self.find(code) or self.default

    def choices(self) -> list[tuple[str, str]]:
        """[(code, the language's own name)] for a menu."""
        return [(code, own_name(code)) for code in self.by_code]


def init_app(app: Flask) -> None:
    """Loads all catalogues. Raises CatalogueError if one is broken, or the default language is none of them."""
    by_code = find_languages()
    code = app.config["TIMELY_LANGUAGE"]
    if code not in by_code:
        listed = ", ".join(sorted(by_code))
        raise CatalogueError(f"TIMELY_LANGUAGE is {code!r}, and Timely speaks {listed}. Set it to one of these.")
    app.extensions[EXTENSION] = Languages(by_code, by_code[code])


def languages() -> Languages:
    found: Languages = current_app.extensions[EXTENSION]
    return found
