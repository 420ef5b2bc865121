"""Style sheets, beyond the linters: fallbacks before whatever is newer, and sheets that are read line by line."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.static.files import SHEETS, STATIC, code_of
from timely.web import sheet_bundle

NEWER = re.compile(r"\b(var|calc|min|max|clamp|env)\(|\d(rem|vw|vh|vmin|vmax)\b|^(inline-)?flex$")
PREFIXED = re.compile(r"(flex|align|justify)\b")


def without_fallback(text: str) -> Iterator[str]:
    """Each declaration outside @supports that leaves an engine which does not know it with nothing."""
    while "@supports" in text:
        start = text.index("@supports")
        text = text[:start] + text[end_of_block(text, start) :]
    for block in re.findall(r"\{([^{}]*)\}", text):
        before: list[tuple[str, str]] = []
        for name, value in re.findall(r"([\w-]+)\s*:\s*([^;]*[^;\s])", block):
            if NEWER.search(value) and not name.startswith("--"):
                # `border: 1px solid red` is one for border-color as well.
                if not any(f"{name}-".startswith(f"{other}-") and not NEWER.search(plain) for other, plain in before):
                    yield f"{name}: {value}"
            elif PREFIXED.match(name) and not any(other == f"-webkit-{name}" for other, _ in before):
                yield f"{name}: {value}"
            before.append((name, value))


def end_of_block(text: str, start: int) -> int:
    depth = 0
    for found in re.finditer(r"[{}]", text[start:]):
        depth += 1 if found[0] == "{" else -1
        if depth == 0:
            return start + found.end()
    raise ValueError("a block that does not end")


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: str(path.relative_to(STATIC / "css")))
def test_what_is_newer_has_a_fallback(path: Path) -> None:
    assert list(without_fallback(code_of(path))) == []


@pytest.mark.parametrize(
    "text",
    [
        "color: var(--ink)",
        "color: var(--ink); color: red",
        "border-left: 1px solid red; border-color: var(--ink)",
        "width: calc(100% - 1px)",
        "font-size: 2rem",
        "font-size: var(--a); font-size: min(2vw, 3vh)",
        "display: flex",
        "-webkit-flex: 1; align-items: center",
    ],
)
def test_what_has_none_is_found(text: str) -> None:
    assert len(list(without_fallback(f"p {{ {text} }}"))) >= 1


@pytest.mark.parametrize(
    "text",
    [
        "p { border-left: 1px solid red; border-left-color: var(--ink) }",
        "p { --ink: var(--club, red); color: red; color: var(--ink) }",
        "p { font-size: 20px; font-size: 2vw; font-size: min(2vw, 3vh) }",
        "p { display: -webkit-flex; display: flex; -webkit-align-items: center; align-items: center }",
        "@supports (display: grid) { @media print { p { display: flex; gap: 1rem } } } b { color: red }",
    ],
)
def test_what_has_one_is_not(text: str) -> None:
    assert list(without_fallback(text)) == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: str(path.relative_to(STATIC / "css")))
def test_no_box_is_kept_apart_by_gap(path: Path) -> None:
    """Phones of 2020 know no *gap* in a flexible row: a score would touch its name. Grids have *grid-gap*."""
    assert not re.search(r"(?<![-\w])((row|column)-)?gap\s*:", code_of(path))


def pressed(text: str) -> Iterator[str]:
    """Each line with more than one declaration, or on which more than one block begins."""
    for line in text.splitlines():
        plain = re.sub(r""""[^"]*"|'[^']*'""", "", line)
        # What stands before a brace is a selector or a condition.
        ends = [end for piece, end in re.findall(r"([^;{}]+)([;{}]|$)", plain) if piece.strip()]
        if len(ends) - ends.count("{") > 1 or ends.count("{") > 1:
            yield line


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: str(path.relative_to(STATIC / "css")))
def test_each_declaration_has_a_line(path: Path) -> None:
    assert list(pressed(code_of(path))) == []


@pytest.mark.parametrize(
    "text",
    [
        "p { color: red; top: 0; }",
        "p { color: red; top: 0 }",
        "p {\n  color: red; top: 0\n}",
        "p { color: red; } b { color: red; }",
        "@media print { p { color: red; } }",
    ],
)
def test_what_is_pressed_is_found(text: str) -> None:
    assert len(list(pressed(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "p { color: red; }",
        'p:before { content: "; top: 0;"; }',
        "p:hover,\nb:hover {\n  color: red;\n  color: var(--ink);\n}",
        "@media (min-width: 1px) and (max-width: 2px) {\n  p { top: 0; }\n}",
    ],
)
def test_what_is_not_pressed_is_left(text: str) -> None:
    assert list(pressed(text)) == []


def test_every_part_is_in_one_sheet() -> None:
    listed = [STATIC / path for sheet in sheet_bundle.SHEETS for path in sheet_bundle.paths(sheet)]
    assert sorted(listed) == SHEETS
