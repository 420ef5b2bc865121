"""Scores in running text, on every page: each stands in a piece that no line ends in."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.conftest import get_event, make_app, sign_in
from tests.crawl.doors import doors_of, rules_of
from tests.crawl.world import OPEN, World, make_world
from timely.extensions import db
from timely.models import Notification
from timely.presenters.non_breaking_text import whole
from timely.services import results
from timely.services.announcements import announce
from timely.services.score_validation import Score

SCORE = re.compile("(?<![A-Za-z0-9½])[0-9½]+[-–][0-9½]")
# No browser ends a line in them: choices, what is drawn, what is typed, and buttons.
UNBROKEN = {"button", "option", "script", "svg", "textarea", "title"}
SAID = "Heron A 102–98 Heron B, sets 25-19, 22–25; from 09:00–12:00"


class Reader(HTMLParser):
    """Scores that could be torn, each with the element that it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.torn: list[str] = []
        self.seen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("input", "meta", "link", "br", "hr", "img", "base"):
            self.open.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not SCORE.search(data) or any(tag in UNBROKEN for tag, _ in self.open):
            return
        self.seen += 1
        if not any("whole" in classes.split() or "button" in classes.split() for _, classes in self.open):
            self.torn.append(f"{' '.join('.'.join(one) for one in self.open[-3:])}: {data.strip()[:60]}")


@pytest.fixture(scope="module")
def world(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("whole")
    (folder / "timely.sqlite3").write_bytes(empty_database.read_bytes())
    app = make_app(folder)
    made = make_world(app)
    with app.app_context():
        event = get_event(made.events[OPEN].event_id)
        event.details = SAID
        announce(event, title=SAID, message=SAID, priority="urgent", by=None)
        for game in event.fixtures[1:]:
            results.enter_score(game, Score(102, 98), by=None, reason=SAID)
    yield made
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("role", ["anonymous", "administrator"])
def test_no_page_has_a_score_that_could_be_torn(world: World, role: str) -> None:
    client, torn, seen = world.app.test_client(), {}, 0
    if user_id := world.people[role]:
        sign_in(client, user_id)
    with world.app.app_context():
        assert db.session.query(Notification).filter(Notification.title == SAID).count() == 1
    for rule in rules_of(world.app, "GET"):
        for door in doors_of(world, rule):
            if door.path.startswith(("/ws/", "/api/", "/static/")) or door.about - {OPEN}:
                continue
            if door.path.startswith("/admin/") != (role == "administrator"):
                continue
            answer = client.get(door.path)
            if answer.mimetype != "text/html":
                continue
            reader = Reader()
            reader.feed(answer.get_data(as_text=True))
            seen += reader.seen
            if reader.torn:
                torn[door.path] = reader.torn
    assert torn == {}
    assert seen > 20


def test_what_is_saved_is_said_with_its_score_whole(world: World) -> None:
    client = world.app.test_client()
    sign_in(client, world.people["administrator"] or 0)
    with world.app.app_context():
        game = get_event(world.events[OPEN].event_id).fixtures[0]
        path, sent = f"/admin/results/{game.id}/", {"version": game.version, "home_score": 3, "away_score": 1}
    said = client.post(path, data={**sent, "reason": SAID}, follow_redirects=True).get_data(as_text=True)
    assert '<span class="whole">3–1</span>' in said


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ash 102–98 Birch.", 'Ash <span class="whole">102–98</span> Birch.'),
        ("1–1 (4–2 pens)", '<span class="whole">1–1</span> (<span class="whole">4–2</span> pens)'),
        ("1½–½ & <b>", '<span class="whole">1½–½</span> &amp; &lt;b&gt;'),
        ("09:00–12:00, 13:00-18:00", '<span class="whole">09:00–12:00</span>, <span class="whole">13:00-18:00</span>'),
        ("1234–1099", '<span class="whole">1234–1099</span>'),
        ("Ash – Birch, 28 – 29 Nov", "Ash – Birch, 28 – 29 Nov"),
        ("", ""),
    ],
)
def test_scores_and_hours_stand_in_a_piece_of_their_own(text: str, shown: str) -> None:
    assert whole(text) == shown
    assert whole(whole(text)) == shown
