"""Somebody who enters results with the real forms: signed in, with the cookie and the token of the page."""

from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

from tests.browser.server import PASSWORD
from tests.csrf import token_in

FORM = "application/x-www-form-urlencoded"


class Scorer:
    """One browser, on a connection that stays open. Raises RuntimeError where it is not let in."""

    def __init__(self, port: int, name: str) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookie = ""
        token = self.token_of("/login/")
        answer = self.ask("POST", "/login/", {"name": name, "password": PASSWORD, "csrf_token": token})
        if answer.status != 302:
            raise RuntimeError(f"{name} was not let in: {answer.status}")
        self.token = self.token_of("/admin/results/")

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> HTTPResponse:
        headers = {"Cookie": self.cookie} | ({"Content-Type": FORM} if fields else {})
        self.connection.request(method, path, urlencode(fields) if fields else None, headers)
        answer = self.connection.getresponse()
        self.text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookie = cookie.partition(";")[0]
        return answer

    def token_of(self, path: str) -> str:
        answer = self.ask("GET", path)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        return token_in(self.text)

    def fields(self, home: object, away: object, version: object) -> dict[str, str]:
        """The form fields that the desk sends for one game."""
        typed = {"home_score": str(home), "away_score": str(away), "version": str(version)}
        return {**typed, "on_desk": "1", "csrf_token": self.token}

    def save(self, fixture_id: int, home: int, away: int, version: int) -> int:
        """The status: 302 is saved."""
        return self.ask("POST", f"/admin/results/{fixture_id}/", self.fields(home, away, version)).status

    def request(self, path: str, fields: str) -> str:
        """The whole request of a form, as a file for fan; its length is filled in there."""
        return (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.connection.port}\r\nCookie: {self.cookie}\r\n"
            f"Content-Type: {FORM}\r\nContent-Length: @\r\nConnection: close\r\n\r\n{fields}"
        )
