"""Authentication and authorisation of API writes."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from timely import access
from timely.blueprints.api.blueprint import bp
from timely.blueprints.api.json_body import BodyFault
from timely.models import Fixture, User
from timely.queries.fixtures import load_fixture
from timely.web.bearer_token import caller, require_token
from timely.web.errors import json_error
from timely.web.language_choice import use_event_language


@bp.before_request
def _writes_take_a_token() -> ResponseReturnValue | None:
    return None if request.method in ("GET", "HEAD", "OPTIONS") else require_token()


@bp.errorhandler(BodyFault)
def _body_fault(fault: BodyFault) -> ResponseReturnValue:
    text = "; ".join(f"{name} {message}" for name, message in fault.fields.items())
    return json_error(422, "invalid", f"{text}.", fault.fields)


def writer() -> User:
    """The token's user; 401 without one."""
    return caller() or abort(401)


def writable_fixture(fixture_id: int, *, manages: bool = False) -> Fixture:
    """The fixture; 404 if the caller may not see it, 403 if they may not write to it."""
    fixture = load_fixture(fixture_id)
    user = writer()
    if fixture is None or not access.may_see(user, fixture.event, None):
        abort(404)
    use_event_language(fixture.event)
    allowed = access.may_manage(user, fixture.event) if manages else access.may_enter_result(user, fixture)
    access.require(allowed)
    return fixture
