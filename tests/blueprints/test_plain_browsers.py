"""Pages in w3m and its kind, without style or script: they know no `hidden`, so what is hidden has no words."""

from html.parser import HTMLParser

import pytest

PATHS = [
    "/",
    "/matches/",
    "/matches/?day=2026-11-28",
    "/events/saturday-league/",
    "/events/saturday-league/leaderboard/",
    "/events/saturday-league/schedule/",
    "/events/saturday-league/announcements/",
    "/display/saturday-league/",
]
NO_END = {"meta", "link", "input", "br", "img"}
ANNOUNCED = {"announcements": [{"title": "Lunch is ready", "publish_at": "2026-11-28T12:00:00Z"}]}
PLAYED = {
    "matches": [
        {"home": "Ash", "away": "Birch", "home_score": 1, "away_score": 0, "running": True, "date": "2026-11-28"},
        {"home": "Cedar", "away": "Ash", "home_score": 1, "away_score": 0, "date": "2026-11-28"},
    ]
}


class Printed(HTMLParser):
    """The words of a page: `seen` as any browser prints them, `unseen` where a browser with style hides them."""

    def __init__(self, page):
        super().__init__()
        self.open, self.seen, self.unseen = [], [], []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        if tag in NO_END:
            return
        names = dict(attrs)
        # Games behind the first few of a list are real ones, and no harm where they are printed.
        hides = "hidden" in names and "data-row" not in names
        self.open.append((tag, hides))

    def handle_endtag(self, tag):
        opened, _ = self.open.pop()
        assert opened == tag

    def handle_data(self, data):
        if data.strip():
            (self.unseen if any(hides for _, hides in self.open) else self.seen).append(data.strip())


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("more", [{}, {"matches": []}, {"matches": [], "teams": []}, ANNOUNCED, PLAYED])
def test_what_is_hidden_has_no_words(client, make_event, path, more):
    make_event(**more)
    page = Printed(client.get(path).get_data(as_text=True))
    assert page.unseen == []
    assert page.seen


def test_what_is_there_is_headed(client, make_event):
    make_event(**PLAYED, **ANNOUNCED)
    page = Printed(client.get("/events/saturday-league/leaderboard/").get_data(as_text=True))
    assert {"On now", "Announcements", "Updated"} <= set(page.seen)
    assert "Next" not in page.seen
    day = Printed(client.get("/matches/?day=2026-11-28").get_data(as_text=True))
    assert {"On now", "Saturday League"} <= set(day.seen)


def test_the_light_speaks_only_with_script(client, league):
    page = Printed(client.get("/events/saturday-league/").get_data(as_text=True))
    assert not [words for words in page.seen if "Connecting" in words]
    assert "This page refreshes itself" in page.seen
