"""The scripts, read by a parser that knows how much of the language each year had."""

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.engines.places import ACORN, program
from tests.static.test_script import SCRIPTS, STATIC

# These decide the fall-back: an engine that stumbled over one of them would have no live page at all.
LADDER = [STATIC / "js" / name for name in ("server.js", "transport.js", "rungs.js", "pipes.js")]
VENDORED = sorted((STATIC / "vendor").glob("*.js"))

PARSE = """
var acorn = require(process.argv[1]), fs = require("fs"), options = JSON.parse(process.argv[2]);
try { acorn.parse(fs.readFileSync(0, "utf8"), options); }
catch (error) { console.log(error.message); }
"""
ES3 = {"ecmaVersion": 3, "allowReserved": "never"}
ES5 = {"ecmaVersion": 5}


def complaint(text: str, language: Mapping[str, object]) -> str:
    """What acorn finds wrong; nothing if the text is of that language."""
    node = program("node", "nodejs")
    if node is None or not ACORN.exists():
        sentence = "acorn is not installed (node, and npm acorn 8.19.0)."
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(sentence)
    words = [str(node), "-e", PARSE, str(ACORN), json.dumps({**language, "sourceType": "script"})]
    return subprocess.run(words, input=text, capture_output=True, encoding="utf-8", check=True, timeout=30).stdout


@pytest.mark.parametrize("path", [*SCRIPTS, *VENDORED], ids=lambda path: path.name)
def test_script_is_es5(path: Path) -> None:
    assert complaint(path.read_text("utf-8"), ES5) == ""


@pytest.mark.parametrize("path", LADDER, ids=lambda path: path.name)
def test_the_ladder_is_es3(path: Path) -> None:
    assert complaint(path.read_text("utf-8"), ES3) == ""


@pytest.mark.parametrize(
    ("line", "language"),
    [
        ("let rows = [];", ES5),
        ("rows.forEach(row => row);", ES5),
        ("show(`${row}`);", ES5),
        ("function f(a, b,) { return a; }", ES5),
        ("var row = {id: 1,};", ES3),
        ("var row = {get id() { return 1; }};", ES3),
        ("ask.catch(show);", ES3),
        ("var row = {default: 1};", ES3),
    ],
)
def test_the_parser_sees_what_is_too_new(line: str, language: Mapping[str, object]) -> None:
    assert "(1:" in complaint(line, language)
