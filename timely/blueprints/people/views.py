"""`/admin/people/`: manage users, for administrators."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user

from timely import access
from timely.blueprints.conflict_page import conflict_page, marked, unchanged
from timely.blueprints.event_access import organisers_blueprint, record_or_404
from timely.blueprints.people.forms import NewPersonForm, PasswordForm, PersonForm, RightForm, filled, read_place
from timely.domain.translation import gettext, ngettext
from timely.models import User
from timely.queries.events import events_of
from timely.queries.people import people as all_people
from timely.queries.people import places_of, tokens_of
from timely.services import people, sessions
from timely.services.errors import RuleBroken, StaleVersion
from timely.web import login_sessions

bp = organisers_blueprint("people", __name__, "/admin/people")


@bp.before_request
def _administrators_only() -> None:
    access.require(access.may_administer(current_user))


@bp.get("/")
def index() -> ResponseReturnValue:
    users = all_people()
    return render_template("people/index.html", users=users, places={user.id: places_of(user) for user in users})


@bp.route("/new/", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    form = NewPersonForm()
    events = events_of(current_user)
    form.for_events(events)
    if form.validate_on_submit():
        event, pitch = read_place(form.place.data, events)
        rights = [(event, pitch)] if event and form.role.data != "administrator" else []
        try:
            user = people.create_user(
                form.name.data or "", form.password.data or "", form.role.data, rights=rights, by=current_user
            )
        except RuleBroken as broken:
            form.add_error(broken)
        else:
            flash(gettext("%(name)s can sign in now.", name=user.name), "success")
            return redirect(url_for(".edit", user_id=user.id))
    return render_template("people/new.html", form=form), 422 if form.errors else 200


@bp.route("/<int:user_id>/", methods=["GET", "POST"])
def edit(user_id: int) -> ResponseReturnValue:
    user = record_or_404(User, user_id)
    form = PersonForm()
    if form.validate_on_submit():
        try:
            with unchanged(form, lambda: marked(filled(user))):
                people.change_user(
                    user, name=form.name.data or "", role=form.role.data, active=form.active.data, by=current_user
                )
        except StaleVersion:
            return conflict_page(user.name, form, marked(filled(user)), url_for(".edit", user_id=user.id))
        except RuleBroken as broken:
            form.add_error(broken)
        else:
            flash(gettext("Saved."), "success")
            return redirect(url_for(".edit", user_id=user.id))
    return page(user, person=form if form.is_submitted() else None)


@bp.post("/<int:user_id>/password/")
def set_password(user_id: int) -> ResponseReturnValue:
    user = record_or_404(User, user_id)
    form = PasswordForm()
    is_own = user.id == current_user.id
    if form.validate_on_submit():
        try:
            tokens = people.set_password(user, form.password.data or "", by=current_user)
        except RuleBroken as broken:
            form.add_error(broken)
        else:
            if is_own:
                login_user(user)  # stay signed in here, and nowhere else
                login_sessions.begin(sessions.begin(user))
            flash(_new_password_text(user, tokens), "success")
            return redirect(url_for(".edit", user_id=user.id))
    return page(user, password=form)


@bp.post("/<int:user_id>/rights/")
def give_right(user_id: int) -> ResponseReturnValue:
    user = record_or_404(User, user_id)
    events = events_of(current_user)
    form = RightForm()
    form.for_person(user, events)
    if form.validate_on_submit():
        event, pitch = read_place(form.place.data, events)
        try:
            if event is None:
                raise RuleBroken(gettext("Choose an event."), field="place")
            people.give_right(user, event, pitch, by=current_user)
        except RuleBroken as broken:
            form.add_error(broken)
        else:
            flash(gettext("Saved."), "success")
            return redirect(url_for(".edit", user_id=user.id))
    return page(user, right=form)


@bp.post("/<int:user_id>/rights/<int:right_id>/delete/")
def take_right(user_id: int, right_id: int) -> ResponseReturnValue:
    user = record_or_404(User, user_id)
    for right in [right for right in user.rights if right.id == right_id]:
        people.take_right(user, right, by=current_user)
        flash(gettext("The right is taken."), "success")
    return redirect(url_for(".edit", user_id=user.id))


@bp.post("/<int:user_id>/tokens/")
def create_token(user_id: int) -> ResponseReturnValue:
    user = record_or_404(User, user_id)
    try:
        token = people.create_token(user, by=current_user)
    except RuleBroken as broken:
        flash(broken.message, "error")
        return redirect(url_for(".edit", user_id=user.id))
    page = render_template("people/token.html", user=user, token=token)
    # Shown only once: neither the Back button nor a cache may show it again.
    return page, 200, {"Cache-Control": "no-store"}


@bp.post("/<int:user_id>/tokens/<int:token_id>/delete/")
def delete_token(user_id: int, token_id: int) -> ResponseReturnValue:
    user = record_or_404(User, user_id)
    for token in [token for token in tokens_of(user) if token.id == token_id]:
        people.delete_token(token, by=current_user)
        flash(gettext("The token is deleted; whoever has it gets in no more."), "success")
    return redirect(url_for(".edit", user_id=user.id))


def _new_password_text(user: User, tokens: int) -> str:
    """*tokens*: those for the API that ended with the old password."""
    said = gettext("%(name)s has a new password, and is signed out everywhere else.", name=user.name)
    if not tokens:
        return said
    ended = ngettext("%(num)s token for the API ended with it.", "%(num)s tokens for the API ended with it.", tokens)
    return f"{said} {ended}"


def page(
    user: User, person: PersonForm | None = None, password: PasswordForm | None = None, right: RightForm | None = None
) -> ResponseReturnValue:
    """The user's page, with the form that was refused."""
    sent = next((form for form in (person, password, right) if form is not None), None)
    right = right or RightForm(formdata=None)
    right.for_person(user, events_of(current_user))
    html = render_template(
        "people/edit.html",
        user=user,
        person=person or marked(filled(user)),
        password=password or PasswordForm(formdata=None),
        right=right,
        refused=sent if sent is not None and sent.errors else None,
        rights=places_of(user),
        tokens=tokens_of(user),
    )
    return html, 422 if sent is not None and sent.errors else 200
