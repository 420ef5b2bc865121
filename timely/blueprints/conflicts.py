"""The page where two saves met: what is saved now beside what was typed."""

from collections.abc import Iterable

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import Field

from timely.blueprints.fields import ChoiceField, VersionField


def conflict_page(title: str, typed: FlaskForm, saved: FlaskForm, back_href: str) -> ResponseReturnValue:
    """409. *saved* is the same form as the record is now, with its version: "save mine" sends that one along."""
    again = [(name, value) for name, value in request.form.items(multi=True) if name not in ("csrf_token", "version")]
    page = render_template(
        "errors/conflict.html",
        title=title,
        lines=compared(typed, saved),
        again=[*again, ("version", saved["version"].data)],
        back_href=back_href,
    )
    return page, 409


def compared(typed: Iterable[Field], saved: FlaskForm) -> list[tuple[str, str, str]]:
    """(label, saved, typed) of each field that a person fills in, if it says something in either."""
    lines = [
        (field.label.text, shown(saved[field.short_name]), shown(field))
        for field in typed
        if field.type != "CSRFTokenField" and not isinstance(field, VersionField)
    ]
    return [line for line in lines if line[1] or line[2]]


def shown(field: Field) -> str:
    """What the field holds, as a person reads it."""
    if isinstance(field, ChoiceField):
        return field.chosen_text()
    if isinstance(field.data, bool):
        return "yes" if field.data else "no"
    return str(field._value()) if hasattr(field, "_value") else str(field.data or "")
