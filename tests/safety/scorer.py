"""A scorer who uses the real forms, and an API client that saves the same."""

import re
from dataclasses import dataclass

import requests

from tests.browser.server import PASSWORD

PATIENCE = (5, 15)
Score = tuple[int, int]


@dataclass(frozen=True)
class Answer:
    """`shown` is the score that the page or the API holds after the save; None where it tells of none."""

    status: int
    text: str
    shown: Score | None = None

    def confirms(self, score: Score) -> bool:
        return self.status == 200 and self.shown == score


class Unanswered(Exception):
    """The server went away in the middle: nobody at the keyboard knows whether it was saved."""


class Desk:
    """Signs in once; the sign-in outlives the server."""

    def __init__(self, base: str, name: str, event_id: int) -> None:
        self.base, self.event_id = base, event_id
        self.http = requests.Session()
        page = self._get("/login/")
        sent = {"csrf_token": value_of(page, "csrf_token"), "name": name, "password": PASSWORD}
        answer = self.http.post(f"{base}/login/", data=sent, timeout=PATIENCE)
        assert "/login/" not in answer.url, answer.text

    def save(self, fixture_id: int, score: Score) -> Answer:
        """Types the score into the game's line and presses Save. Raises Unanswered."""
        try:
            form = form_of(self._get(f"/admin/results/?event={self.event_id}"), fixture_id)
            return self.send(fixture_id, form, score)
        except requests.RequestException as error:
            raise Unanswered from error

    def send(self, fixture_id: int, form: str, score: Score) -> Answer:
        """Presses Save on a line that was drawn before."""
        data = {name: value_of(form, name) for name in ("csrf_token", "version", "on_desk")}
        data |= {"home_score": str(score[0]), "away_score": str(score[1])}
        answer = self.http.post(f"{self.base}/admin/results/{fixture_id}/", data=data, timeout=PATIENCE)
        return Answer(answer.status_code, answer.text, typed_score(answer.text, fixture_id))

    def line(self, fixture_id: int) -> str:
        """The game's line on the desk, as it is drawn now."""
        return form_of(self._get(f"/admin/results/?event={self.event_id}"), fixture_id)

    def _get(self, path: str) -> str:
        answer = self.http.get(self.base + path, timeout=PATIENCE)
        answer.raise_for_status()
        return answer.text


class Program:
    """Saves by token."""

    def __init__(self, base: str, token: str) -> None:
        self.base = base
        self.http = requests.Session()
        self.http.headers["Authorization"] = f"Bearer {token}"

    def save(self, fixture_id: int, score: Score) -> Answer:
        """Raises Unanswered."""
        body = {"home_score": score[0], "away_score": score[1]}
        try:
            answer = self.http.put(f"{self.base}/api/fixtures/{fixture_id}/result/", json=body, timeout=PATIENCE)
        except requests.RequestException as error:
            raise Unanswered from error
        told = answer.json()
        shown = (told["home_score"], told["away_score"]) if answer.status_code == 200 else None
        return Answer(answer.status_code, answer.text, shown)


def form_of(page: str, fixture_id: int) -> str:
    """The form of one game on the desk."""
    found = re.search(rf'<form[^>]* id="game-{fixture_id}">.*?</form>', page, re.DOTALL)
    assert found, f"no form for game {fixture_id} on this page:\n{page}"
    return found[0]


def value_of(html: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*\bvalue="([^"]*)"', html)
    assert found, f"no {name} in {html}"
    return found[1]


def typed_score(page: str, fixture_id: int) -> Score | None:
    """The content of the two score fields of the game."""
    found = [re.search(rf'id="{side}-{fixture_id}"[^>]*\bvalue="(\d+)"', page) for side in ("home", "away")]
    return (int(found[0][1]), int(found[1][1])) if found[0] and found[1] else None
