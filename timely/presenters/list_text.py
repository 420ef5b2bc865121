"""Text of lists: "Ash, Birch and Cedar" in the reader's language."""

from collections.abc import Sequence

from babel.lists import format_list

from timely.domain.translation import current_language
from timely.languages.locales import locale_of


def list_text(names: Sequence[str]) -> str:
    """ "Ash", "Ash and Birch", "Ash, Birch and Cedar"; "" for none."""
    if len(names) < 2:
        return names[0] if names else ""
    return format_list(names, locale=locale_of(current_language()))
