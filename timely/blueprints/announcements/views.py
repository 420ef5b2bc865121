"""`/admin/events/<id>/announcements/`: write, change and withdraw announcements."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from timely.blueprints.announcements.forms import AnnouncementForm, filled
from timely.blueprints.conflict_page import conflict_page
from timely.blueprints.event_access import managed_event, organisers_blueprint, part_of
from timely.blueprints.undo_flash import flash_done
from timely.domain.translation import gettext, lazy_gettext, lazy_pgettext
from timely.models import Announcement
from timely.presenters.announcement_rows import announcement_row
from timely.presenters.date_text import start_text
from timely.services import announcements
from timely.services.errors import RuleBroken, StaleVersion

bp = organisers_blueprint("announcements", __name__, "/admin/events/<int:event_id>/announcements")

STATES = {
    "WAITING": lazy_pgettext("announcement", "Waiting"),
    "CURRENT": lazy_gettext("Shown now"),
    "EXPIRED": lazy_pgettext("announcement", "Over"),
    "WITHDRAWN": lazy_pgettext("announcement", "Withdrawn"),
}


@bp.get("/")
def index(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    order = list(STATES)
    rows = [
        {
            **announcement_row(one),
            "state": one.state,
            "state_text": STATES[one.state],
            "ends_text": ends_text(one),
        }
        for one in sorted(event.announcements, key=lambda one: (order.index(one.state), -one.id))
    ]
    return render_template("announcements/index.html", event=event, rows=rows)


@bp.route("/new/", methods=["GET", "POST"])
def new(event_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    form = AnnouncementForm()
    if form.validate_on_submit():
        try:
            made = announcements.announce(event, **form.values(event.zone), by=current_user)
        except RuleBroken as broken:
            form.add_error(broken)
        else:
            flash_done(
                gettext("Announced.") if made.state == "CURRENT" else gettext("Saved; it appears by itself."), event
            )
            return redirect(url_for(".index", event_id=event.id))
    return render_template("announcements/new.html", event=event, form=form), 422 if form.errors else 200


@bp.route("/<int:announcement_id>/", methods=["GET", "POST"])
def edit(event_id: int, announcement_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    announcement = part_of(event, Announcement, announcement_id)
    form = filled(announcement, event.zone) if request.method == "GET" else AnnouncementForm()
    if form.validate_on_submit():
        try:
            announcements.change_announcement(
                announcement, **form.values(event.zone, announcement), by=current_user, seen_version=form.version.seen()
            )
        except StaleVersion:
            here = url_for(".edit", event_id=event.id, announcement_id=announcement.id)
            return conflict_page(announcement.title, form, filled(announcement, event.zone), here)
        except RuleBroken as broken:
            form.add_error(broken)
        else:
            flash_done(gettext("Saved."), event)
            return redirect(url_for(".index", event_id=event.id))
    page = render_template("announcements/edit.html", event=event, form=form, announcement=announcement)
    return page, 422 if form.errors else 200


@bp.post("/<int:announcement_id>/withdraw/")
def withdraw(event_id: int, announcement_id: int) -> ResponseReturnValue:
    event = managed_event(event_id)
    try:
        announcements.withdraw(part_of(event, Announcement, announcement_id), by=current_user)
    except RuleBroken as broken:
        flash(broken.message, "error")
    else:
        flash_done(gettext("Withdrawn. It is gone from every page."), event)
    return redirect(url_for(".index", event_id=event.id))


def ends_text(announcement: Announcement) -> str:
    """ "Sat 28 Nov, 16:00", or ""."""
    if announcement.expires_at is None:
        return ""
    zone = announcement.event.zone
    return start_text(announcement.expires_at.astimezone(zone).date(), announcement.expires_at, zone)
