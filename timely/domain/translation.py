"""Translation of texts into the language of the reader.

Whatever speaks to a reader calls `gettext` and its like when it speaks. The domain, forms and other tables of data make
lazy texts, which keep their message and values, and are translated each time they become a string; or they mark a
message with `gettext_noop`, and the page that shows it translates it. Outside any reader's language all is English.

Messages are whole sentences with named placeholders: `gettext("%(team)s goes through.", team=name)`. A placeholder's
value is never looked into, so a `%` in a team's name is a `%`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from gettext import NullTranslations
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Language:
    """`code` is that of its folder and of `lang` attributes: "de", "pt". Two with the same code are equal."""

    code: str
    translations: NullTranslations = field(compare=False)


ENGLISH = Language("en", NullTranslations())

_current: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def current_language() -> Language:
    """The reader's language; English where nobody has said."""
    return _current.get()


def set_language(language: Language) -> None:
    """Makes it the language of the running request or task."""
    _current.set(language)


@contextmanager
def in_language(language: Language) -> Iterator[None]:
    token = _current.set(language)
    try:
        yield
    finally:
        _current.reset(token)


def gettext(message: str, /, **values: Any) -> str:
    """The message in the reader's language. A literal % is written %% where there are *values*, and % elsewhere."""
    text = _current.get().translations.gettext(message) if message else ""
    return text % values if values else text


def ngettext(singular: str, plural: str, number: int, /, **values: Any) -> str:
    """The form of the message for *number*, which it may show as `%(num)s`."""
    text = _current.get().translations.ngettext(singular, plural, number)
    return text % {"num": number, **values}


def pgettext(context: str, message: str, /, **values: Any) -> str:
    """As `gettext`, for a message that is translated differently by *context*."""
    text = _current.get().translations.pgettext(context, message) if message else ""
    return text % values if values else text


def npgettext(context: str, singular: str, plural: str, number: int, /, **values: Any) -> str:
    """As `ngettext`, for a message that is translated differently by *context*."""
    text = _current.get().translations.npgettext(context, singular, plural, number)
    return text % {"num": number, **values}


def gettext_noop(message: str) -> str:
    """The message as it is, marked for translation; it is translated by `gettext` where it is shown."""
    return message


def pgettext_noop(context: str, message: str) -> str:
    """The message as it is, marked for translation; it is translated by `pgettext` with the same context."""
    return message


@dataclass(frozen=True, slots=True)
class LazyText:
    """A message with its values, translated each time it becomes a string. Values may be lazy themselves.

    Two are equal if they say the same in every language.
    """

    message: str
    values: dict[str, Any] = field(default_factory=dict)
    plural: str = ""
    number: int = 0
    context: str = ""

    def __str__(self) -> str:
        if self.plural and self.context:
            return npgettext(self.context, self.message, self.plural, self.number, **self.values)
        if self.plural:
            return ngettext(self.message, self.plural, self.number, **self.values)
        if self.context:
            return pgettext(self.context, self.message, **self.values)
        return gettext(self.message, **self.values)

    def __hash__(self) -> int:
        return hash((self.message, self.plural, self.number, self.context))  # not the values, which need no hash

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)

    def as_row(self) -> dict[str, Any]:
        """Plain JSON of it, as `from_row` reads it; a value that is no number, text or truth becomes a text."""
        row: dict[str, Any] = {"message": self.message}
        if self.values:
            row["values"] = {name: _plain(value) for name, value in self.values.items()}
        if self.plural:
            row |= {"plural": self.plural, "number": self.number}
        return row | ({"context": self.context} if self.context else {})

    @classmethod
    def from_row(cls, row: dict[str, Any]) -> Self:
        values = {
            name: cls.from_row(value) if isinstance(value, dict) else value
            for name, value in row.get("values", {}).items()
        }
        return cls(row["message"], values, row.get("plural", ""), row.get("number", 0), row.get("context", ""))


def _plain(value: Any) -> Any:
    if isinstance(value, LazyText):
        return value.as_row()
    return value if isinstance(value, (str, int, float)) else str(value)


Text = str | LazyText


def lazy_gettext(message: str, /, **values: Any) -> LazyText:
    return LazyText(message, values)


def lazy_ngettext(singular: str, plural: str, number: int, /, **values: Any) -> LazyText:
    return LazyText(singular, values, plural, number)


def lazy_pgettext(context: str, message: str, /, **values: Any) -> LazyText:
    return LazyText(message, values, context=context)
