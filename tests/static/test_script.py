"""Scripts, beyond their grammar, which test_linters.py checks: whole, light, nothing from outside."""

import gzip
import re
from pathlib import Path

import pytest

from tests.static.files import SCRIPTS, SHEETS, STATIC, TIMELY, code_of
from timely.live import heartbeats
from timely.web import script_bundle, sheet_bundle


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_says_what_it_is_for(path: Path) -> None:
    assert re.match(r"/\* [A-Z][^\n]+ \*/\n", path.read_text())


def test_sheets_and_scripts_fetch_nothing_from_outside() -> None:
    for path in [*SCRIPTS, *SHEETS]:
        assert not re.search(r"(https?:)?//[\w.]+\.\w|@import|url\(", code_of(path)), path.name


def first_load() -> dict[str, bytes]:
    """What base.html and its scripts ask for: the files of a live page, by name."""
    templates = TIMELY / "templates"
    text = (templates / "base.html").read_text() + (templates / "_partials" / "scripts.html").read_text()
    names = re.findall(r"static\('((?:css|js|vendor)/[\w./]+)'\)", text)
    assert "live_script()" in text
    script = script_bundle.text(script_bundle.PAGE_PARTS).encode()
    sheets = {name: sheet_bundle.text(name).encode() for name in names if name in sheet_bundle.SHEETS}
    files = {name: script_bundle.single(name).encode() for name in names if name not in sheets}
    return {"live.js": script, **sheets, **files}


def test_the_one_file_for_other_pages_has_all_that_it_needs() -> None:
    """Loaded alone, on a page that has nothing of Timely's."""
    names = {path.stem: code_of(path) for path in SCRIPTS}
    inside = {Path(part).stem for part in script_bundle.PARTS if part.startswith("js/")}
    given = {word for name in inside for word in re.findall(r"Timely\.(\w+) = ", names[name])} | {"heartbeat"}
    for name in inside - {"transports_socketio"}:
        assert set(re.findall(r"Timely\.(\w+)", names[name])) <= given, name
    # The transport that fetches the page again is for our own pages, and is never tried on others.
    assert set(re.findall(r"Timely\.(\w+)", names["transports_socketio"])) <= given | {"pageRefresh"}


def test_the_first_load_is_light() -> None:
    files = first_load()
    assert {"css/timely.css", "css/modern.css", "live.js", "js/page/head.js"} <= files.keys()
    weight = sum(len(gzip.compress(data, 9)) for data in files.values())
    assert weight < 34_000, f"{weight} bytes, zipped"


def test_the_vendored_client_is_whole_and_has_its_licence() -> None:
    client = (STATIC / "vendor" / "engine.io.min.js").read_text()
    assert "Engine.IO v6.6.6" in client[:100]
    assert "Permission is hereby granted" in (STATIC / "vendor" / "engine.io.LICENSE").read_text()


def test_the_scripts_wait_for_heartbeats_as_long_as_the_hub_takes() -> None:
    said = f"window.Timely.heartbeat = {heartbeats.HEARTBEAT_EVERY * 1000:.0f};"
    for parts in (script_bundle.PARTS, script_bundle.PAGE_PARTS):
        assert said in script_bundle.text(parts).split("\n")[0]
    for name in ("connection_state", "transport_ladder"):
        assert "Timely.heartbeat" in code_of(STATIC / "js" / "transport" / f"{name}.js")
