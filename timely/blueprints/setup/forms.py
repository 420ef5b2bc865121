"""Form of the first account."""

from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired

from timely.services.passwords import SHORTEST
from timely.web.fields import BaseForm, text


class SetupForm(BaseForm):
    """`code` is removed if it is not required."""

    code = text("Set-up code", 20, required="Type the code that the terminal shows.", render_kw={"autocomplete": "off"})
    name = text("Your name", 80, required="Type your name.", render_kw={"autocomplete": "username"})
    password = PasswordField(
        "Password",
        [InputRequired("Choose a password.")],
        render_kw={"autocomplete": "new-password", "minlength": SHORTEST},
    )
    example = BooleanField("Add an example event to play with", default=True)
