"""Users signed in on the real server by its forms, with the session cookie."""

import re

import requests
import websocket

from tests.browser.server import PASSWORD, Server
from tests.csrf import token_in


class Member:
    """One person's browser."""

    def __init__(self, server: Server, name: str):
        self.server, self.http = server, requests.Session()
        self.send_form("/login/", name=name, password=PASSWORD, stay="y")
        assert "timely_session" in self.http.cookies, f"{name} could not sign in"

    def send_form(self, path: str, **fields: str) -> requests.Response:
        """Fills in the form at *path*, or posts to it with the token of the front page where it shows none."""
        page = self.http.get(self.server.url("/" if path == "/logout/" else path), timeout=10).text
        data = {**fields, "csrf_token": token_in(page)}
        return self.http.post(self.server.url(path), data=data, timeout=10, headers={"Referer": self.server.url(path)})

    def notify(self, title: str, to: str = "", priority: str = "normal") -> None:
        """Sends a notification to everybody, or to the user of that name."""
        page = self.http.get(self.server.url("/admin/notifications/"), timeout=10).text
        found = re.search(rf'<option value="(\d+)"[^>]*>{to}', page) if to else None
        fields = {"title": title, "message": "", "type": "info", "priority": priority, "expires_at": "3"}
        answer = self.send_form("/admin/notifications/", to=found[1] if found else "", **fields)
        assert "Sent" in answer.text

    @property
    def cookie(self) -> str:
        return "; ".join(f"{one.name}={one.value}" for one in self.http.cookies)

    def open_socket(self) -> websocket.WebSocket:
        return open_socket(self.server, self.cookie)


def open_socket(server: Server, cookie: str = "") -> websocket.WebSocket:
    """PyPI's websocket-client on `/ws/notifications/`; anybody's without a cookie."""
    address = server.url("/ws/notifications/").replace("http", "ws", 1)
    return websocket.create_connection(address, timeout=10, cookie=cookie or None)
