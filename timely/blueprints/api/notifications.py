"""API read of header notifications: those to everybody, and the caller's own."""

from flask import jsonify
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.api.blueprint import bp
from timely.queries.versions import epoch
from timely.web.bearer_token import caller
from timely.web.etags import with_etag
from timely.web.header_notifications import notification_rows, notification_versions


@bp.get("/notifications/")
def notifications() -> ResponseReturnValue:
    """Polled by pages that are not live, with their cookie, and by programs with their token."""
    user = caller() or current_user
    versions = notification_versions(user)
    return with_etag(versions, lambda: jsonify(epoch=epoch(), versions=versions, topics=notification_rows(user)))
