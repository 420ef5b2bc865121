"""Every form of every organiser's page, pressed as it is drawn: none of them is refused for what it does not hold."""

import re
import sqlite3
from datetime import UTC, datetime

import pytest

from tests.blueprints.drawn import forms_of
from tests.blueprints.test_doors import doors, ids  # noqa: F401  the fixture *ids* is one record of each kind
from tests.conftest import get_event, sign_in
from timely.extensions import db
from timely.services.events import set_event_status
from timely.services.scheduled_jobs import run_due_jobs


def keep(app, tmp_path):
    """A copy of the database as it stands, and what puts it back."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
    path = tmp_path / "timely.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    kept = path.read_bytes()

    def put_back():
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        path.write_bytes(kept)

    return put_back


def press(app, user_id, form):
    client = app.test_client()
    sign_in(client, user_id)
    if form.method == "get":
        return client.get(form.action, query_string=form.data())
    return client.post(form.action, data=form.data(), content_type="multipart/form-data")


def unasked(form, answer):
    """Complaint of the answer that the form did not leave to be typed; "" where it may complain."""
    if answer.status_code < 400:
        return ""
    page = answer.get_data(as_text=True)
    named = set(re.findall(r'<li><a href="#(\w+)">', page))
    if answer.status_code == 422 and form.open and named <= form.open:
        return ""
    said = re.findall(r"<li>(.*?)</li>", page[page.find('role="alert"') :])[:3]
    return f"{answer.status_code} {said}"


@pytest.fixture
def put_back(app, tmp_path, ids, admin, set_clock):  # noqa: F811
    """In the middle of a day's games; puts the database back to there."""
    moment = datetime(2026, 11, 28, 10, 5, tzinfo=UTC)
    set_clock(moment)
    with app.app_context():
        set_event_status(get_event(ids["event_id"]), "LIVE", by=None)
        run_due_jobs(moment)
    return keep(app, tmp_path)


def test_every_form_is_valid_as_it_is_drawn(app, admin, ids, put_back):  # noqa: F811
    wrong, pressed = {}, set()
    for endpoint, path in doors(app, "GET", **ids, user_id=admin):
        client = app.test_client()  # its session is of the database that was put back
        sign_in(client, admin)
        page = client.get(path)
        if page.mimetype != "text/html" or page.status_code != 200:
            continue
        for form in forms_of(page.get_data(as_text=True), path):
            complaint = unasked(form, press(app, admin, form))
            pressed.add((endpoint, form.method, form.action))
            if complaint:
                wrong[endpoint, form.action] = complaint
            if form.method == "post":
                put_back()
    assert ("admin.index", "get", f"/admin/events/{ids['event_id']}/late/") in pressed
    assert len(pressed) > 60
    assert not wrong, "\n".join(f"{where}: {said}" for where, said in wrong.items())
