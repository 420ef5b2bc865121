"""Form of the first account."""

from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired

from timely.domain.translation import lazy_gettext
from timely.services.passwords import SHORTEST
from timely.web.fields import BaseForm, text


class SetupForm(BaseForm):
    """`code` is removed if it is not required."""

    code = text(
        lazy_gettext("Set-up code"),
        20,
        required=lazy_gettext("Type the code that the terminal shows."),
        render_kw={"autocomplete": "off"},
    )
    name = text(
        lazy_gettext("Your name"), 80, required=lazy_gettext("Type your name."), render_kw={"autocomplete": "username"}
    )
    password = PasswordField(
        lazy_gettext("Password"),
        [InputRequired(lazy_gettext("Choose a password."))],
        render_kw={"autocomplete": "new-password", "minlength": SHORTEST},
    )
    example = BooleanField(lazy_gettext("Add an example event to play with"), default=True)
