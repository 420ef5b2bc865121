"""Outlines of pages: one title, headings in order, a description, nothing empty."""

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cups import cup_file
from tests.long_names import URGENT, divisions_file, groups_file
from timely.clock import now

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class Outline(HTMLParser):
    """The levels of the headings that are not hidden, the description, and the elements without a word in them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.description = ""
        self.times: list[str] = []
        self.titles = 0
        self._hidden: list[bool] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag not in VOID:
            self._hidden.append("hidden" in said or any(self._hidden[-1:]))
        is_hidden = any(self._hidden[-1:])
        if tag[0] == "h" and tag[1:].isdigit() and not is_hidden:
            self.headings.append(int(tag[1]))
        if tag == "meta" and said.get("name") == "description":
            self.description = said.get("content") or ""
        if tag == "time":
            self.times.append("")

    def handle_endtag(self, tag: str) -> None:
        self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if self.times:
            self.times[-1] += data.strip()


@pytest.fixture
def paths(app: Flask, make_event) -> list[str]:
    notes = [URGENT, {"title": "Lunch", "message": "In the tent."}]
    make_event(**cup_file(6), announcements=notes)
    make_event(**groups_file(now(), name="Forty"))
    make_event(**divisions_file(now(), name="Halves"))
    make_event(name="Nothing Yet", teams=[], matches=[], pitches=[])
    tabs = ("", "leaderboard/", "schedule/", "bracket/", "announcements/")
    slugs = ("cup-of-6", "forty", "halves", "nothing-yet")
    events = [f"/events/{slug}/{tab}" for slug in slugs for tab in tabs]
    halls = [f"/display/{slug}/" for slug in slugs]
    frames = [f"/embed/events/{slug}/{part}/" for slug in slugs for part in ("leaderboard", "schedule")]
    return [*events, *halls, *frames, "/", "/matches/", "/login/", "/setup/", "/nowhere/"]


def outlines(client: FlaskClient, paths: list[str]) -> Iterator[tuple[str, Outline]]:
    for path in paths:
        yield path, Outline(client.get(path, follow_redirects=True).text)


def test_every_public_page_has_an_outline(client: FlaskClient, paths: list[str]) -> None:
    for path, outline in outlines(client, paths):
        assert outline.headings.count(1) == 1, path
        assert outline.headings[0] == 1, path
        steps = zip(outline.headings, outline.headings[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), (path, outline.headings)
        assert 20 < len(outline.description) < 400, path
        assert "" not in outline.times, path
