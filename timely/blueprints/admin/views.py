"""`/admin/`: where the day begins."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.admin.today import at_hand, glance
from timely.blueprints.managed import organisers_blueprint
from timely.blueprints.results.desk import events_for_results

bp = organisers_blueprint("admin", __name__, "/admin")

MOST = 6


@bp.get("/")
def index() -> ResponseReturnValue:
    mine = events_for_results(current_user)
    shown = at_hand(mine)
    return render_template(
        "admin/index.html",
        glances=[glance(event) for event in shown[:MOST]],
        others=[event for event in mine if event not in shown[:MOST]],
    )
