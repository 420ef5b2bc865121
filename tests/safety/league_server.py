"""A real server with a league, a scorer, an organiser and an API client, and what they see when a save fails."""

import re
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import requests

from tests.browser.server import Server
from tests.conftest import LEAGUE
from tests.safety.scorer import PATIENCE, Answer, Desk, Program, Score, value_of
from tests.safety.subscribers import Rows, rows_on

TABLES = ("results", "fixtures", "audit", "topics", "changes", "announcements", "notifications", "events")


@dataclass(frozen=True)
class ExpectedError:
    """The expected error: status of the page, error code of the API, a part of the sentence."""

    status: int
    code: str
    text: str


class LeagueServer:
    """On a running server without people. Game 1 has been saved as 1–0."""

    def __init__(self, server: Server) -> None:
        self.server, self.base = server, server.url().rstrip("/")
        self.path = server.data_dir / "timely.sqlite3"
        self.event_id, self.address = server.import_event(LEAGUE)
        server.add_person("Ada", "administrator")
        server.add_person("Sam", "scorer", "--event", str(self.event_id))
        self.program = Program(self.base, server.token_of("Sam"))
        server.dismiss_clerk()
        self.games = [row["id"] for row in self.api(f"/api/events/{self.event_id}/schedule/")["fixtures"]]
        self.ada, self.sam = Desk(self.base, "Ada", self.event_id), Desk(self.base, "Sam", self.event_id)
        self.number = 0
        self.must_save(self.sam.save(self.games[0], (1, 0)), (1, 0))

    def api(self, path: str) -> Any:
        answer = requests.get(self.base + path, timeout=PATIENCE)
        answer.raise_for_status()
        return answer.json()

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that a save may touch, row by row."""
        with closing(sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            return {table: database.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in TABLES}

    def new_score(self) -> Score:
        self.number += 1
        return 3, self.number

    def must_save(self, answer: Answer, score: Score) -> None:
        assert answer.confirms(score), (answer.status, answer.text)

    def public_rows(self) -> Rows:
        """The scores on the public schedule."""
        answer = requests.get(f"{self.base}{self.address}schedule/", timeout=PATIENCE)
        assert answer.status_code == 200, answer.text
        return rows_on(answer.text)

    def heartbeat(self) -> dict[str, Any]:
        beat: dict[str, Any] = self.api(f"/api/events/{self.event_id}/poll/")["heartbeat"]
        return beat

    def announce(self, **typed: str) -> requests.Response:
        """Sends the form of a new announcement as the organiser."""
        path = f"{self.base}/admin/events/{self.event_id}/announcements/new/"
        form = self.ada.http.get(path, timeout=PATIENCE).text
        sent = {
            "csrf_token": value_of(form, "csrf_token"),
            "title": f"Tea is ready ({self.number})",
            "message": "In the tent.\nBring a cup & a chair.",
            "type": "info",
            "priority": "normal",
        }
        return self.ada.http.post(path, data=sent | typed, timeout=PATIENCE)

    def press_again(self, page: str) -> requests.Response:
        """Presses the button of a page on which what was typed waits."""
        form = re.search(r'<form method="post" action="([^"]*)">(.*?)</form>', page, re.DOTALL)
        assert form, page
        fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form[2])
        sent = {unescape(name): unescape(value) for name, value in fields}
        return self.ada.http.post(self.base + unescape(form[1]), data=sent, timeout=PATIENCE)


def assert_nothing_can_be_saved(league_server: LeagueServer, expected: ExpectedError) -> str:
    """Page and API refuse with a clear error and keep what was typed; spectators notice nothing.

    Returns the page of the announcement that waits to be sent again.
    """
    before, rows = league_server.everything(), league_server.public_rows()
    score = league_server.new_score()
    typed = league_server.sam.save(league_server.games[0], score)
    assert typed.status == expected.status, typed.text
    assert expected.text in unescape(typed.text)
    assert "Nothing was saved" in typed.text
    assert typed.shown == score  # still in the fields
    assert "Traceback" not in typed.text
    assert 'class="score-row' in typed.text  # on the desk itself, with all other games

    answer = league_server.program.save(league_server.games[0], score)
    assert answer.status == expected.status, answer.text
    assert f'"{expected.code}"' in answer.text
    assert "Nothing was saved" in answer.text

    waiting = league_server.announce()
    assert waiting.status_code == expected.status
    page = unescape(waiting.text)
    assert expected.text in page
    assert "Nothing was saved" in page
    assert f"Tea is ready ({league_server.number})" in page
    assert "Bring a cup & a chair." in page

    assert league_server.everything() == before
    assert league_server.public_rows() == rows
    assert league_server.heartbeat()["epoch"]
    return waiting.text


def assert_all_can_be_saved(league_server: LeagueServer, waiting: str = "") -> None:
    """Saving works again; the form that waited on a page is saved by its button."""
    if waiting:
        answer = league_server.press_again(waiting)
        assert answer.status_code == 200, answer.text
        assert "Announced." in answer.text
        shown = league_server.api(f"/api/events/{league_server.event_id}/announcements/")["announcements"]
        found = [one["message"].split() for one in shown if one["title"] == f"Tea is ready ({league_server.number})"]
        assert [" ".join(words) for words in found] == ["In the tent. Bring a cup & a chair."]
    score = league_server.new_score()
    league_server.must_save(league_server.sam.save(league_server.games[0], score), score)
    shown = league_server.public_rows()
    assert shown[league_server.games[0]] == score, shown


def start_of(data_dir: Path, **settings: str) -> str:
    """The output of a server that cannot start there. Raises AssertionError if it can."""
    server = Server(data_dir, **settings)
    server.output = Path(tempfile.mkdtemp()) / "output.txt"  # not beside the data: that disk may be the full one
    try:
        server.start()
    except RuntimeError:
        return server.printed()
    finally:
        server.stop()
        shutil.rmtree(server.output.parent)
    raise AssertionError("it started")
