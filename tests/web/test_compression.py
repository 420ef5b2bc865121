"""Compression: text is gzipped for clients that accept it, and unchanged for others."""

import gzip

import pytest

from tests.conftest import make_user, sign_in
from timely.web.compression import MIN_BYTES

GZIP = {"Accept-Encoding": "gzip, deflate"}
PATHS = [
    "/events/saturday-league/schedule/",
    "/api/events/1/schedule/",
    "/static/css/timely.css",
    "/static/vendor/engine.io.min.js",
]


@pytest.mark.parametrize("path", PATHS)
def test_gzip_is_smaller_and_decodes_to_the_same(client, league, path):
    plain, zipped = client.get(path), client.get(path, headers=GZIP)
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(zipped.data) == plain.data
    assert int(zipped.headers["Content-Length"]) == len(zipped.data) < len(plain.data) / 2
    assert "Accept-Encoding" in zipped.headers["Vary"]


@pytest.mark.parametrize("path", PATHS[:3])
def test_the_tag_still_answers_that_nothing_changed(client, league, path):
    tag = client.get(path, headers=GZIP).headers["ETag"]
    assert client.get(path, headers={**GZIP, "If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("encodings", ["", "gzip;q=0", "br", "identity"])
def test_clients_without_gzip_get_plain_text(client, league, encodings):
    answer = client.get(PATHS[0], headers={"Accept-Encoding": encodings})
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("path", [PATHS[0], "/display/saturday-league/"])
def test_personal_pages_are_not_compressed(client, league, admin, path):
    sign_in(client, admin)
    assert "Content-Encoding" not in client.get(path, headers=GZIP).headers


def test_a_page_with_a_form_token_is_not_compressed(app, client):
    app.config["WTF_CSRF_ENABLED"] = True
    pages = [client.get("/setup/", headers=GZIP)]
    make_user(app, "Ada", "administrator")
    pages.append(client.get("/login/", headers=GZIP))
    for page in pages:
        assert page.status_code == 200
        assert b'name="csrf_token"' in page.data
        assert len(page.data) > MIN_BYTES
        assert "Content-Encoding" not in page.headers


def test_pictures_and_small_answers_stay_as_they_are(client):
    assert "Content-Encoding" not in client.get("/healthz", headers=GZIP).headers
