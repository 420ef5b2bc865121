"""`/admin/`: the organisers' first page."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely import access
from timely.blueprints.admin.dashboard import event_summary, needing_attention
from timely.blueprints.event_access import events_for_results, organisers_blueprint
from timely.blueprints.event_urls import listens_to_others
from timely.domain.translation import gettext
from timely.presenters.state_text import EVENT_STATE_TEXT
from timely.queries.addresses import chosen_address
from timely.queries.events import undefer
from timely.services.addresses import choices, choose_address
from timely.services.errors import RuleBroken

bp = organisers_blueprint("admin", __name__, "/admin")

MOST = 6


@bp.get("/")
def index() -> ResponseReturnValue:
    mine = events_for_results(current_user)
    shown = needing_attention(mine)[:MOST]
    undefer(shown)
    return render_template(
        "admin/index.html",
        glances=[event_summary(event) for event in shown],
        state_texts=EVENT_STATE_TEXT,
        others=[event for event in mine if event not in shown],
        addresses=choices() if listens_to_others() and access.may_make_event(current_user) else [],
        chosen=chosen_address(),
    )


@bp.post("/address/")
def address() -> ResponseReturnValue:
    """Chooses the address of this computer that links and QR codes contain."""
    access.require(access.may_make_event(current_user))
    try:
        choose_address(request.form.get("address", ""), by=current_user)
    except RuleBroken as broken:
        flash(broken.message, "error")
    else:
        flash(
            gettext("Links and QR codes hold this address from now on. Print posters again that have the other."),
            "success",
        )
    return redirect(url_for(".index"))
