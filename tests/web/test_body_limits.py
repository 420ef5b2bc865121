"""Limits of request bodies: 64 kB, and more at listed endpoints for signed-in users."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import ROOT
from tests.conftest import sign_in
from timely.extensions import db
from timely.models import User
from timely.services import people
from timely.web.body_limits import BY_ENDPOINT, KB, USUAL, body_limit_of

FORM = "application/x-www-form-urlencoded"


def test_every_listed_endpoint_takes_posts(app: Flask) -> None:
    posts = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert set(BY_ENDPOINT) <= posts
    assert all(bound.total >= USUAL.total for bound in BY_ENDPOINT.values())


def test_every_page_with_a_file_field_is_listed() -> None:
    forms = [path for path in Path(ROOT, "timely/templates").rglob("*.html") if "multipart" in path.read_text("utf-8")]
    files = [name for name, bound in BY_ENDPOINT.items() if bound.total > bound.form_bytes]
    assert len(forms) == len(files)


def test_anonymous_clients_may_send_little_everywhere() -> None:
    assert max(body_limit_of(endpoint, False).total for endpoint in BY_ENDPOINT) == 256 * KB
    assert max(body_limit_of(endpoint, False).fields for endpoint in BY_ENDPOINT) == 2_000
    for is_signed_in in (False, True):
        assert body_limit_of("auth.login", is_signed_in) == body_limit_of(None, is_signed_in) == USUAL


@pytest.mark.parametrize("path", ["/login/", "/admin/events/new/", "/no-such-page/", "/"])
def test_what_is_larger_is_refused(client: FlaskClient, admin: int, path: str) -> None:
    answer = client.post(path, data=b"name=" + b"x" * 64 * KB, content_type=FORM)
    assert answer.status_code == 413
    assert "at most 64 kB" in answer.get_data(as_text=True)


def test_the_api_says_so_in_json(app: Flask, client: FlaskClient, admin: int, league: int) -> None:
    with app.app_context():
        token = people.create_token(db.session.get_one(User, admin))
    answer = client.post(
        f"/api/events/{league}/announcements/",
        data=b"[" * 65 * KB,
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 413
    assert answer.json
    assert answer.json["error"]["code"] == "too_large"


@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x"], ids=["plain", "parts"])
def test_a_form_has_a_thousand_fields_at_most(client: FlaskClient, admin: int, kind: str) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    for count, status in ((900, 422), (1100, 413)):
        body = b"&".join([b"a=1"] * count) if kind == FORM else part * count + b"--x--\r\n"
        assert client.post("/login/", data=body, content_type=kind).status_code == status


def test_a_chunked_form_is_bounded_by_its_form_bytes(client: FlaskClient, admin: int) -> None:
    """Without a length: the door takes a large file, and not as large a form of the plain kind."""
    sign_in(client, admin)
    body = b"name=" + b"x" * 1000 * KB
    answer = client.post(
        "/admin/events/import/",
        input_stream=BytesIO(body),
        content_type=FORM,
        environ_overrides={"wsgi.input_terminated": True},
    )
    assert answer.status_code == 413


def test_an_organiser_may_paste_what_an_event_holds(client: FlaskClient, admin: int, league: int) -> None:
    sign_in(client, admin)
    names = "\n".join(f"{number} {'Ж' * 70}" for number in range(400))
    answer = client.post(f"/admin/events/{league}/teams/", data={"names": names})
    assert answer.status_code == 302
    fields = {f"team-{number}-name": "x" * 80 for number in range(1, 1500)}
    assert client.post(f"/admin/events/{league}/teams/change/", data=fields).status_code != 413


def test_the_bounds_stand_in_the_documentation() -> None:
    text = Path(ROOT, "docs/security.md").read_text("utf-8")
    assert re.search(r"64 kB.*8 MB", text)
