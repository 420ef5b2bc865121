"""Sign-in form."""

from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired

from timely.web.fields import BaseForm, text


class LoginForm(BaseForm):
    name = text(
        "Name", 80, required="Type your name.", render_kw={"autocomplete": "username", "autocapitalize": "none"}
    )
    password = PasswordField(
        "Password", [InputRequired("Type your password.")], render_kw={"autocomplete": "current-password"}
    )
    stay = BooleanField("Keep me signed in on this device")
