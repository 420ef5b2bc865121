"""Conflict page: the saved values beside those that were typed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field, RadioField

from timely.database.transactions import writing
from timely.domain.translation import gettext
from timely.fingerprint import fingerprint
from timely.services.errors import StaleVersion
from timely.web.fields import ChoiceField, VersionField

OURS = ("csrf_token", "version")

Form = TypeVar("Form", bound=FlaskForm)


def marked(saved: Form) -> Form:
    """The form of the saved record; its `version` is a fingerprint of the values."""
    fields = [field for field in saved if field.short_name not in OURS]
    saved["version"].data = fingerprint([(field.short_name, shown(field)) for field in fields])
    return saved


@contextmanager
def unchanged(typed: FlaskForm, saved: Callable[[], FlaskForm]) -> Iterator[None]:
    """A transaction in which the record still has the values that the form was shown with. Raises StaleVersion if not.

    *saved* returns the record's form as it is now, through `marked`.
    """
    with writing():
        seen = typed["version"].data
        if seen and seen != saved()["version"].data:
            raise StaleVersion(-1, -1)
        yield


def conflict_page(title: str, typed: FlaskForm, saved: FlaskForm, back_href: str) -> ResponseReturnValue:
    """409. *saved* is the form of the record now; "save mine" sends its version along."""
    return conflict_lines_page(title, compared(typed, saved), {"version": saved["version"].data}, back_href)


def conflict_lines_page(
    title: str, lines: list[tuple[str, str, str]], seen_now: Mapping[str, str], back_href: str
) -> ResponseReturnValue:
    """409. *lines* are (label, saved, typed); *seen_now* is {field: version or fingerprint} that "save mine" sends."""
    sent = request.form.items(multi=True)
    again = [(name, value) for name, value in sent if name != "csrf_token" and name not in seen_now]
    page = render_template(
        "errors/conflict.html", title=title, lines=lines, again=[*again, *seen_now.items()], back_href=back_href
    )
    return page, 409


def compared(typed: Iterable[Field], saved: FlaskForm) -> list[tuple[str, str, str]]:
    """(label, saved, typed) of each visible field that has a value in either form."""
    lines = [
        (str(field.label.text), shown(saved[field.short_name]) if field.short_name in saved else "", shown(field))
        for field in typed
        if field.type not in ("CSRFTokenField", "HiddenField") and not isinstance(field, VersionField)
    ]
    return [line for line in lines if line[1] or line[2]]


def shown(field: Field) -> str:
    """The field's value as text for people."""
    if isinstance(field, ChoiceField):
        return field.chosen_text()
    if isinstance(field, RadioField):
        return next((str(label) for value, label, *_ in field.choices if value == field.data), "")
    if isinstance(field.data, bool):
        return gettext("yes") if field.data else gettext("no")
    return str(field._value()) if hasattr(field, "_value") else str(field.data or "")
