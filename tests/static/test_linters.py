"""Scripts and sheets keep to what the oldest of the promised browsers understand; eslint and stylelint read them."""

import json
import subprocess
from pathlib import Path

import pytest

from tests import npm
from tests.static.files import SCRIPTS, SHEETS, TIMELY, VENDORED

NODE = Path(__file__).parent / "node"
ROOT = TIMELY.parent
FILES = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in (*SCRIPTS, *VENDORED, *SHEETS)}
ES3, SCRIPT, SHEET, PROJECTOR = (
    f"timely/static/{name}"
    for name in (
        "js/transport/transports_plain.js",
        "js/transport/live.js",
        "css/timely/base.css",
        "css/display/base.css",
    )
)

# (the file that it would stand in, what nobody may write there, the rule that says so)
REFUSED = [
    (SCRIPT, "let rows = [];", "grammar"),
    (SCRIPT, "rows.map(row => row.id);", "grammar"),
    (SCRIPT, "show(`${row}`);", "grammar"),
    (SCRIPT, "class Row {}", "grammar"),
    (SCRIPT, "show(...rows);", "grammar"),
    (SCRIPT, "show(row?.id);", "grammar"),
    (SCRIPT, "function f(a, b,) { return a; }", "grammar"),
    (SCRIPT, "for (var row of rows) { show(row); }", "grammar"),
    (SCRIPT, "new Promise(show);", "no-undef"),
    (SCRIPT, "new window.Promise(show);", "compat/compat"),
    (SCRIPT, "new Map();", "no-undef"),
    (SCRIPT, 'new Event("change");', "no-undef"),
    (SCRIPT, "Intl.NumberFormat();", "no-undef"),
    (SCRIPT, 'fetch("/");', "no-undef"),
    (SCRIPT, 'window.fetch("/");', "compat/compat"),
    (SCRIPT, 'new window.URL("/");', "compat/compat"),
    (SCRIPT, "localStorage.clear();", "no-undef"),
    (SCRIPT, 'console.log("here");', "no-undef"),
    (SCRIPT, "Object.assign({}, {});", "es-x/no-object-assign"),
    (SCRIPT, "Array.from([]);", "es-x/no-array-from"),
    (SCRIPT, "Array.of(1);", "es-x/no-array-of"),
    (SCRIPT, '[].find("a");', "es-x/no-array-prototype-find"),
    (SCRIPT, 'window.text.includes("a");', "es-x/no-string-prototype-includes"),
    (SCRIPT, 'window.text.startsWith("a");', "es-x/no-string-prototype-startswith"),
    (SCRIPT, "window.text.padStart(2);", "es-x/no-string-prototype-padstart-padend"),
    (SCRIPT, 'window.cell.closest("tr");', "no-restricted-syntax"),
    (SCRIPT, 'window.cell.matches("tr");', "no-restricted-syntax"),
    (SCRIPT, "window.row.append(window.cell);", "no-restricted-syntax"),
    (SCRIPT, "window.row.remove();", "no-restricted-syntax"),
    (SCRIPT, 'document.querySelectorAll("tr").forEach(show);', "no-restricted-syntax"),
    (SCRIPT, 'document.createElement("template");', "no-restricted-syntax"),
    (SCRIPT, "window.cell.innerHTML = window.row.name;", "no-restricted-syntax"),
    (SCRIPT, "window.cell.outerHTML = window.row.name;", "no-restricted-properties"),
    (SCRIPT, "document.write(window.row.name);", "no-restricted-properties"),
    (SCRIPT, 'window.cell.classList.add("is-on");', "no-restricted-properties"),
    (SCRIPT, "window.cell.dataset.row = 1;", "no-restricted-properties"),
    (SCRIPT, "new Date().toLocaleTimeString();", "no-restricted-properties"),
    (SCRIPT, 'eval("1");', "no-eval"),
    (SCRIPT, 'new Function("return 1");', "no-new-func"),
    (SCRIPT, 'setTimeout("show()", 1);', "no-implied-eval"),
    (SCRIPT, "/* eslint-disable */ let rows = [];", "grammar"),
    (SCRIPT, 'function unused() { return ""; }', "no-unused-vars"),
    (ES3, "window.row = {id: 1,};", "grammar"),
    (ES3, "window.row = {get id() { return 1; }};", "grammar"),
    (ES3, "window.ask.catch(window.show);", "grammar"),
    (ES3, "window.row = {default: 1};", "grammar"),
    (SHEET, "p { display: grid; }", "css-grid"),
    (SHEET, "p { display: -webkit-flex; display: flex; }", "flexbox"),
    (SHEET, "p { display: flex; gap: 4px; }", "flexbox-gap"),
    (SHEET, "p { position: sticky; }", "css-sticky"),
    (SHEET, "p { width: clamp(1px, 2px, 3px); }", "css-math-functions"),
    (SHEET, "p:has(b) { color: red; }", "css-has"),
    (SHEET, "p:is(b) { color: red; }", "css-matches-pseudo"),
    (SHEET, "p { transition: color 1s; }", "css-transitions"),
    (SHEET, "p { color: rgb(0 0 0 / 50%); }", "color-function-notation"),
    (SHEET, "@media (width >= 640px) { p { color: red; } }", "media-feature-range-notation"),
    (SHEET, "p { text-decoration: underline dotted; }", "declaration-property-value-allowed-list"),
    (SHEET, "p { colour: red; }", "property-no-unknown"),
    (SHEET, "p { color: red; top: 0; color: blue; }", "declaration-block-no-duplicate-properties"),
    (PROJECTOR, "p { display: grid; }", "css-grid"),
]
# What has to be asked for, or is tested for, may be used then.
ALLOWED = [
    (SCRIPT, "if (window.WebSocket) { window.socket = new window.WebSocket(location.host); }"),
    (SCRIPT, "window.shown = document.hidden ? 0 : 1;"),
    (SCRIPT, "[1].forEach(window.show);"),
    (SCRIPT, "window.row = {default: 1};"),
    (ES3, 'window.address = /^[^\\/?#]+/.exec("/");'),
    (SHEET, "p { color: red; color: var(--ink); }"),
    (SHEET, "@supports (display: grid) { p { display: grid; gap: 4px; } p:has(b) { color: red; } }"),
    (SHEET, "p { color: rgba(0, 0, 0, .5); border-radius: 4px; text-decoration: underline; }"),
    (PROJECTOR, "p { display: -webkit-flex; display: flex; }"),
]


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], list[str]]:
    """{(path, text): what the linters say of it}: one run for everything, for starting them takes the time."""
    npm.require(NODE)
    asked = [*FILES.items(), *((path, text) for path, text, _ in REFUSED), *ALLOWED]
    run = subprocess.run(
        ["node", str(NODE / "lint.mjs")],
        input=json.dumps(asked),
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return dict(zip(asked, json.loads(run.stdout), strict=True))


@pytest.mark.parametrize("path", FILES)
def test_every_engine_understands_it(found: dict[tuple[str, str], list[str]], path: str) -> None:
    said = found[path, FILES[path]]
    assert not said, "\n".join([path, *said])


@pytest.mark.parametrize(("path", "text", "rule"), REFUSED, ids=[text for _, text, _ in REFUSED])
def test_what_is_too_new_is_found(found: dict[tuple[str, str], list[str]], path: str, text: str, rule: str) -> None:
    said = found[path, text]
    assert any(rule in one for one in said), said


@pytest.mark.parametrize(("path", "text"), ALLOWED, ids=[text for _, text in ALLOWED])
def test_what_is_old_enough_is_not(found: dict[tuple[str, str], list[str]], path: str, text: str) -> None:
    assert found[path, text] == []
