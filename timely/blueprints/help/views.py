"""`/help/`: what organisers and scorers need to know on the day, on one page, for everybody."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from timely.web.etags import with_etag

bp = Blueprint("help", __name__, url_prefix="/help")


@bp.get("/")
def index() -> ResponseReturnValue:
    return with_etag({}, lambda: render_template("help/index.html"))
