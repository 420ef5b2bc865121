"""Signs in on the page that keeps an unsaved form: name and password come with the form, which is then processed."""

from flask import Response, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.access import is_signed_in
from timely.blueprints.auth import signing_in
from timely.blueprints.auth.devices import remember
from timely.web.resubmission import may_be_resubmitted, resubmission_page


def sign_in() -> ResponseReturnValue | None:
    """Runs before any view and after the CSRF check: begins a session, or shows the page again."""
    if request.method != "POST" or "sign_in_password" not in request.form or is_signed_in(current_user):
        return None
    if not may_be_resubmitted():
        return None
    found = signing_in.check(request.form.get("sign_in_name", ""), request.form["sign_in_password"])
    if found.user is None:
        return resubmission_page(found.fault, status=429 if found.seconds else 422, seconds=found.seconds)
    signing_in.begin(found.user)
    g.signed_in_on_the_spot = found.user
    return None


def remember_device(answer: Response) -> Response:
    user = g.get("signed_in_on_the_spot")
    if user is not None and is_signed_in(current_user):
        remember(answer, user)
    return answer
