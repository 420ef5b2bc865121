"""Sign-in form."""

from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired

from timely.domain.translation import lazy_gettext
from timely.web.fields import BaseForm, text


class LoginForm(BaseForm):
    name = text(
        lazy_gettext("Name"),
        80,
        required=lazy_gettext("Type your name."),
        render_kw={"autocomplete": "username", "autocapitalize": "none"},
    )
    password = PasswordField(
        lazy_gettext("Password"),
        [InputRequired(lazy_gettext("Type your password."))],
        render_kw={"autocomplete": "current-password"},
    )
    stay = BooleanField(lazy_gettext("Keep me signed in on this device"))
