"""Pasted lists of names, one per line, such as teams or pitches."""

from collections.abc import Callable, Sequence

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from timely.blueprints.undo_flash import flash_done
from timely.domain.translation import Text
from timely.models import Event
from timely.services.errors import RuleBroken
from timely.web.fields import BaseForm


class PasteForm(BaseForm):
    """Base form. Subclasses create `names` by `names_field`."""

    names: TextAreaField

    def added_text(self, number: int) -> str:
        """The message after so many names were added."""
        raise NotImplementedError


def names_field(label: Text, required: Text, rows: int) -> TextAreaField:
    """*required* is the error message if the field is empty."""
    return TextAreaField(label, [InputRequired(required)], render_kw={"rows": rows})


def take_names(event: Event, form: PasteForm, add: Callable[..., Sequence[object]]) -> ResponseReturnValue | None:
    """A redirect to the list once all names were added; None if the form is to be shown, perhaps with errors.

    *add* is the service: called with the event, the text and the user as `by`, it returns what it added.
    """
    if not form.validate_on_submit():
        return None
    try:
        added = add(event, form.names.data or "", by=current_user)
    except RuleBroken as broken:
        form.add_error(broken)
        return None
    flash_done(form.added_text(len(added)), event)
    return redirect(url_for(".index", event_id=event.id))
