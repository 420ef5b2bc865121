"""A sheet is sent as one file, with the headers of a file."""

import re

import pytest
from flask.testing import FlaskClient

from timely.web import lean_css, lean_js, script_bundle, sheet_bundle
from timely.web.script_bundle import STATIC


@pytest.mark.parametrize("sheet", sheet_bundle.SHEETS)
def test_a_sheet_is_whole(client: FlaskClient, sheet: str) -> None:
    answer = client.get(f"/static/{sheet}")
    assert answer.content_type == "text/css; charset=utf-8"
    parts = [lean_css.lean((STATIC / path).read_text("utf-8")).strip() for path in sheet_bundle.paths(sheet)]
    assert answer.text == "\n".join(parts) + "\n"
    assert answer.text.count("{") == answer.text.count("}") > 0


def test_a_sheet_with_a_fingerprint_is_kept_and_one_without_is_asked_for_again(client: FlaskClient) -> None:
    found = re.search(r'"(/static/css/timely\.css\?v=(\w+))"', client.get("/matches/").text)
    assert found
    assert found[2] == sheet_bundle.fingerprint("css/timely.css")
    kept, asked = client.get(found[1]), client.get("/static/css/timely.css")
    assert kept.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert asked.headers["Cache-Control"] == "no-cache"
    assert kept.data == asked.data
    for path in (found[1], "/static/css/timely.css"):
        answer = client.get(path, headers={"If-None-Match": kept.headers["ETag"]})
        assert (answer.status_code, answer.data) == (304, b"")


@pytest.mark.parametrize("script", script_bundle.FILES)
def test_a_script_of_several_parts_is_one_file(client: FlaskClient, script: str) -> None:
    answer = client.get(f"/static/{script}")
    assert answer.content_type.startswith("text/javascript")
    parts = script_bundle.FILES[script]
    places = [answer.text.index(lean_js.lean((STATIC / part).read_text("utf-8"))) for part in parts]
    assert places == sorted(places)
    folder = {
        f"{path.parent.relative_to(STATIC).as_posix()}/{path.name}" for path in (STATIC / "js/display").glob("*.js")
    }
    assert folder - set(parts) == {"js/display/embed.js", "js/display/embed_frame.js"}


def test_the_display_asks_for_its_script_once(client: FlaskClient, league: int) -> None:
    page = client.get("/display/saturday-league/").text
    assert f"js/display.js?v={script_bundle.fingerprint(script_bundle.FILES['js/display.js'])}" in page
    assert "/js/display/" not in page


def test_a_script_that_is_sent_alone_is_lean(client: FlaskClient) -> None:
    source = (STATIC / "js/page/head.js").read_text("utf-8")
    answer = client.get("/static/js/page/head.js?v=1")
    assert answer.content_type.startswith("text/javascript")
    assert answer.text == lean_js.lean(source) + "\n"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    zipped = client.get("/static/js/page/head.js?v=1", headers={"Accept-Encoding": "gzip"})
    assert len(zipped.data) < len(answer.data) < 1_000
    assert client.get("/static/js/page/nowhere.js").status_code == 404


def test_another_text_has_another_fingerprint() -> None:
    assert len({sheet_bundle.fingerprint(sheet) for sheet in sheet_bundle.SHEETS}) == len(sheet_bundle.SHEETS)


def test_other_files_are_sent_as_they_are(client: FlaskClient) -> None:
    for path in ("icon.svg", "css/timely/base.css", "vendor/engine.io.min.js"):
        assert client.get(f"/static/{path}").data == (STATIC / path).read_bytes()
    assert client.get("/static/css/nowhere.css").status_code == 404
    assert client.head("/static/css/timely.css").data == b""
