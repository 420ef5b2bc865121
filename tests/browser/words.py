"""Words that a server of this tree says in another language, from its own catalogues."""

from collections.abc import Iterator
from contextlib import contextmanager

from timely.domain.translation import gettext, in_language, pgettext
from timely.languages.catalogues import find_languages


@contextmanager
def spoken(code: str) -> Iterator[None]:
    """All that is worded meanwhile is in this language. Fails if Timely does not have it."""
    known = find_languages()
    assert code in known, f"Timely does not speak {code!r}; it speaks {', '.join(known)}."
    with in_language(known[code]):
        yield


def words(code: str, message: str, context: str = "") -> str:
    """The message in the language. Fails if it is not translated, for then a page in English would pass as well."""
    with spoken(code):
        text = pgettext(context, message) if context else gettext(message)
    assert text != message, f"{message!r} is not translated into {code!r}."
    return text
