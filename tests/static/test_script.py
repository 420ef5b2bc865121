"""What the browser script and the templates promise to old browsers and to the content policy."""

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from timely import live_script

TIMELY = Path(__file__).parents[2] / "timely"
STATIC = TIMELY / "static"
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
SHEETS = sorted((STATIC / "css").glob("*.css"))
TEMPLATES = sorted((TIMELY / "templates").rglob("*.html"))

# What engines of 2012 to 2016 lack, and this script does without: one pattern for each.
TOO_NEW = {
    "let and const": r"\b(let|const)\s+[\w${\[]",
    "arrow function": r"=>",
    "template literal": r"`",
    "class": r"(^|[;{}]\s*)class\s+\w",
    "spread": r"\.\.\.\w",
    "default argument": r"function\s*\w*\([^)]*=",
    "optional chaining": r"\?\.\w",
    "for of": r"\bfor\s*\([^)]*\bof\b",
    "async": r"\b(async|await)\s",
    "Promise and fetch": r"\bPromise\b|\bfetch\(",
    "ES6 collections": r"\bnew (Map|Set|WeakMap|Symbol|URL|URLSearchParams|Event|CustomEvent)\b|\bSymbol\b",
    "Object.assign": r"\bObject\.(assign|entries|values)\b",
    "Array statics": r"\bArray\.(from|of)\b",
    "array and string helpers": r"\.(find|findIndex|includes|startsWith|endsWith|padStart|padEnd|repeat|flat)\(",
    "element helpers": r"\.(closest|matches|append|prepend|before|after|remove|replaceWith)\(",
    "classList and dataset": r"\.(classList|dataset)\b",
    "NodeList.forEach": r"querySelectorAll\([^)]*\)\.forEach",
    "template element": r"createElement\(\"template\"\)",
    "Intl": r"\bIntl\b|toLocale\w+\(",
    "HTML from data": r"(?<!inert\.body)\.innerHTML|insertAdjacentHTML|outerHTML|document\.write",
    "eval": r"\beval\(|new Function|setTimeout\(\"",
}
# An older engine stops at the first of these, so the file that decides the fall-back has none.
NOT_ES3 = {
    "getter": r"\b[gs]et \w+\(",
    "trailing comma": r",\s*[\]}]",
    "reserved word as a name": r"\.(catch|delete|default|finally|class|for|in)\b",
}


def code_of(path: Path) -> str:
    """The file without its comments and regular strings, so that words in them do not count."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    return re.sub(r"(^|\s)//[^\n]*", r"\1", text)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
@pytest.mark.parametrize("name", TOO_NEW)
def test_script_uses_nothing_that_old_browsers_lack(path: Path, name: str) -> None:
    found = re.search(TOO_NEW[name], code_of(path), re.M)
    assert not found, f"{path.name} uses {name}: {found and found.group()!r}"


@pytest.mark.parametrize("name", NOT_ES3)
@pytest.mark.parametrize("file", ["server.js", "transport.js", "rungs.js", "pipes.js"])
def test_the_ladder_parses_in_the_oldest_engines(file: str, name: str) -> None:
    found = re.search(NOT_ES3[name], code_of(STATIC / "js" / file))
    assert not found, f"{file} has a {name}: {found and found.group()!r}"


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("let and const", "let rows = [];"),
        ("arrow function", "rows.map(row => row.id)"),
        ("array and string helpers", 'text.includes("a")'),
        ("element helpers", 'cell.closest("tr")'),
        ("NodeList.forEach", 'document.querySelectorAll("tr").forEach(show)'),
        ("HTML from data", "cell.innerHTML = row.name"),
        ("Promise and fetch", 'fetch("/")'),
    ],
)
def test_the_patterns_see_what_they_are_for(name: str, line: str) -> None:
    assert re.search(TOO_NEW[name], line, re.M)


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_parses(path: Path) -> None:
    done = subprocess.run(["node", "--check", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_says_what_it_is_for(path: Path) -> None:
    assert re.match(r"/\* [A-Z][^\n]+ \*/\n", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(TIMELY / "templates")))
def test_template_keeps_the_content_policy(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(), flags=re.S)
    assert not re.search(r"\sstyle\s*=", text), "a style attribute is refused by the browser"
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "an inline handler is refused by the browser"
    assert all("src=" in tag for tag in re.findall(r"<script\b[^>]*>", text))
    assert "javascript:" not in text
    assert not re.search(r"(src|href)=\"(https?:)?//", text), "nothing is fetched from outside"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(TIMELY / "templates")))
def test_template_trusts_no_text(path: Path) -> None:
    assert not re.search(r"\|\s*safe\b|autoescape\s+false", path.read_text())


def test_the_page_refreshes_itself_before_its_charset() -> None:
    base = (TIMELY / "templates" / "base.html").read_text()
    assert base.index('http-equiv="refresh"') < base.index("<meta charset")


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_every_variable_has_a_plain_fallback(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    for block in re.findall(r"\{([^{}]*)\}", text):
        declarations = [tuple(part.strip() for part in one.split(":", 1)) for one in block.split(";") if ":" in one]
        for number, (name, value) in enumerate(declarations):
            if "var(" in value and not name.startswith("--"):
                assert any(n == name and "var(" not in v for n, v in declarations[:number]), f"{name}: {value}"


def test_sheets_and_scripts_fetch_nothing_from_outside() -> None:
    for path in [*SCRIPTS, *SHEETS]:
        assert not re.search(r"(https?:)?//[\w.]+\.\w|@import|url\(", code_of(path)), path.name


def first_load() -> dict[str, bytes]:
    """What base.html and its scripts ask for: the files of a live page, by name."""
    templates = TIMELY / "templates"
    text = (templates / "base.html").read_text() + (templates / "_partials" / "scripts.html").read_text()
    names = re.findall(r"static\('((?:css|js|vendor)/[\w.]+)'\)", text)
    loop = re.search(r"for name in \(([^)]*)\)", text)
    assert loop
    names += [f"js/{name}.js" for name in re.findall(r"'(\w+)'", loop[1])]
    assert "live_script()" in text
    return {"live.js": live_script.text().encode()} | {name: (STATIC / name).read_bytes() for name in names}


def test_the_one_file_for_other_pages_has_all_that_it_needs() -> None:
    """Loaded alone, on a page that has nothing of Timely's."""
    names = {path.stem: code_of(path) for path in SCRIPTS}
    inside = {Path(part).stem for part in live_script.PARTS if part.startswith("js/")}
    given = {word for name in inside for word in re.findall(r"Timely\.(\w+) = ", names[name])} | {"rung"}
    for name in inside - {"rungs"}:
        assert set(re.findall(r"Timely\.(\w+)", names[name])) <= given, name
    # The rung that fetches the page again is for our own pages, and is never tried on others.
    assert set(re.findall(r"Timely\.(\w+)", names["rungs"])) <= given | {"heal"}


def test_the_first_load_is_light() -> None:
    files = first_load()
    assert {"css/timely.css", "live.js", "js/own.js"} <= files.keys()
    weight = sum(len(gzip.compress(data, 6)) for data in files.values())
    assert weight < 48_000, f"{weight} bytes, zipped"


def test_the_vendored_client_is_whole_and_has_its_licence() -> None:
    client = (STATIC / "vendor" / "socket.io.min.js").read_text()
    assert "Socket.IO v4.8.4" in client[:100]
    assert "Permission is hereby granted" in (STATIC / "vendor" / "socket.io.LICENSE").read_text()
