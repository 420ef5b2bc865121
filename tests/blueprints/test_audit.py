"""The audit page: who, when, what it was before, why; and the button that takes it back, also after a restart."""

import re

import pytest

from tests.conftest import get_event, make_app, make_user, sign_in, unwrapped
from timely.extensions import db
from timely.models import User
from timely.queries.event_files import event_file_text
from timely.services import announcements, results
from timely.services.results import Score

AUDIT = "/admin/events/1/audit/"


@pytest.fixture
def olga(app, client, league):
    """Olga has entered 2–1, and corrected it to 3–1."""
    user_id = make_user(app, "Olga", "organiser", league)
    sign_in(client, user_id)
    with app.app_context():
        olga, fixture = db.session.get_one(User, user_id), get_event(league).fixtures[0]
        results.enter_score(fixture, Score(2, 1), by=olga)
        results.enter_score(fixture, Score(3, 1), by=olga, reason="one <b>more</b>")
    return user_id


def buttons(page):
    return re.findall(r'action="(/admin/events/1/audit/\d+/undo/)"', page)


def test_it_says_who_when_before_after_and_why(client, olga):
    page = unwrapped(client.get(AUDIT).text)
    newest = page[page.index("Correct result") : page.index("Enter result")]
    assert "Ash – Birch" in newest
    assert "<del>2–1</del>" in newest
    assert "<ins>3–1</ins>" in newest
    assert "one &lt;b&gt;more&lt;/b&gt;" in newest
    assert re.search(r"Olga</bdi>, \w{3} \d+ \w{3}, \d\d:\d\d:\d\d", newest)


def test_the_newest_is_undone_and_done_again(app, client, olga):
    with app.app_context():
        corrected = event_file_text(get_event(1))
    newest = buttons(client.get(AUDIT).text)[0]
    assert client.post(newest).status_code == 302
    with app.app_context():
        assert get_event(1).fixtures[0].result.home_score == 2
    page = client.get(AUDIT).text
    assert "Undone: correct result: Ash – Birch" in page
    assert "undone by <bdi>Olga</bdi>" in page
    again = buttons(page)[0]
    assert "Do it again" in page
    client.post(again)
    with app.app_context():
        assert event_file_text(get_event(1)) == corrected


def test_a_refusal_names_the_later_action(client, olga):
    entered = buttons(client.get(AUDIT).text)[1]
    page = client.post(entered, follow_redirects=True).text
    assert "Undo “correct result: Ash – Birch” first" in page


def test_it_is_undone_after_a_restart(app, client, olga, tmp_path):
    newest = buttons(client.get(AUDIT).text)[0]
    again = make_app(tmp_path)
    other = again.test_client()
    sign_in(other, olga)
    assert other.post(newest).status_code == 302
    with again.app_context():
        assert get_event(1).fixtures[0].result.home_score == 2
        db.session.remove()
        db.engine.dispose()


def test_pages_of_fifty(app, client, olga):
    with app.app_context():
        for number in range(60):
            announcements.announce(get_event(1), title=f"Note {number:02}", by=None)
    page = client.get(AUDIT).text
    assert page.count('class="audit-entry') == 50
    older = re.search(r'href="(/admin/events/1/audit/\?before=\d+)"', page)[1]
    page = client.get(older).text
    assert "Note 09" in page
    assert "Enter result" in page
    for garbage in ("x", "-1", "9" * 40, "٣"):
        assert client.get(AUDIT, query_string={"before": garbage}).status_code == 200


@pytest.mark.parametrize(("role", "event", "status"), [("scorer", 1, 403), ("organiser", 2, 403), (None, 0, 302)])
def test_others_do_not_see_it_and_undo_nothing(app, client, make_event, olga, role, event, status):
    make_event(name="Other")
    newest = buttons(client.get(AUDIT).text)[0]
    stranger = app.test_client()
    if role:
        sign_in(stranger, make_user(app, "Otto", role, event))
    assert stranger.get(AUDIT).status_code == status
    assert stranger.post(newest).status_code in (401, 403)


def test_an_entry_of_another_event_is_not_there(app, client, olga, make_event):
    other = make_event(name="Other")
    with app.app_context():
        user = db.session.get_one(User, olga)
        results.enter_score(get_event(other).fixtures[0], Score(1, 0), by=user)
    assert client.post(f"{AUDIT}4/undo/").status_code == 404
    assert client.post(f"{AUDIT}999/undo/").status_code == 404
