"""JavaScript on its way to a browser loses what means nothing, and nothing else."""

import re
from pathlib import Path

import pytest

from tests.static.files import SCRIPTS
from timely.web.lean_js import lean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # comments and white space
        ("/* Bar */\nshow(); // now\n// then\nhide();\n", "show();hide();"),
        ("say(\"a // b\", '/* c */');", "say(\"a // b\",'/* c */');"),
        ("first()\nsecond()\n", "first()\nsecond()"),
        ("a = b\n(c)\n", "a=b\n(c)"),
        ("a = b + +c - -d; e = f++ + g;", "a=b+ +c- -d;e=f++ +g;"),
        ("return typeof a in b;", "return typeof a in b;"),
        ('a = /[/"] \\/ b/.exec(c) / d / e;', 'a=/[/"] \\/ b/.exec(c)/d/e;'),
        ("a = b[1] / 2; // c / d", "a=b[1]/2;"),
        # names
        ("function () { var row = 1, cell = row; return row; }", "function(){var a=1,b=a;return a;}"),
        (
            "function (row) { return row.row + { row: row, cell: 1 }.cell; }",
            "function(a){return a.row+{row:a,cell:1}.cell;}",
        ),
        ("function (row) { return row ? row : b; }", "function(a){return a?a:b;}"),
        ("function (row) { return a + row; }", "function(b){return a+b;}"),
        ("function () { try { go(); } catch (error) { say(error); } }", "function(){try{go();}catch(a){say(a);}}"),
        ("function () { function inner(one) { return one; } inner(2); }", "function(){function a(b){return b;}a(2);}"),
        (
            "function () { for (var name in all) { say(name, f(1, 2)); } }",
            "function(){for(var a in all){say(a,f(1,2));}}",
        ),
        # a name that is a global elsewhere, and one that the page's other scripts know
        ("function (event) { say(event); } say(event);", "function(event){say(event);}say(event);"),
        ("var shared = function (one) { return one; };", "var shared=function(a){return a;};"),
    ],
)
def test_what_means_nothing_is_left_out(text: str, expected: str) -> None:
    assert lean(text) == expected


@pytest.mark.parametrize("text", ["f(1", "f)", "f(1]]"])
def test_a_script_whose_brackets_do_not_match_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="bracket"):
        lean(text)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_texts_properties_and_globals_of_our_scripts_stay(path: Path) -> None:
    def said(text: str) -> list[str]:
        return re.findall(r'"(?:[^"\\\n]|\\.)*"|\.[A-Za-z]\w*|\b(?:window|document)\b', text)

    text = path.read_text("utf-8")
    code = re.sub(r'("(?:[^"\\\n]|\\.)*")|/\*.*?\*/|(?<![\\:])//[^\n]*', lambda found: found[1] or "", text, flags=re.S)
    assert said(lean(text)) == said(code)
    assert len(lean(text)) < 0.8 * len(text)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_each_var_of_our_scripts_ends_with_a_semicolon(path: Path) -> None:
    """Or the names of the next statement would count as declared too."""
    text = path.read_text("utf-8")
    code = re.sub(r'"(?:[^"\\\n]|\\.)*"|/\*.*?\*/|(?<![\\:])//[^\n]*', '""', text, flags=re.S)
    for var in re.finditer(r"\bvar\b", code):
        assert open_line_end(code[var.end() :]) == "", code[: var.end()].count("\n") + 1


def open_line_end(rest: str) -> str:
    """The first line of a declaration after which it neither ends nor goes on; "" if there is none."""
    depth = 0
    for at, sign in enumerate(rest):
        if depth == 0 and sign in ";)}":
            return ""
        depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(sign, 0)
        goes_on = rest[:at].rstrip()[-1:] in "=,+-*/&|?:(" or rest[at:].lstrip()[:1] in "=,+-*/&|?:.;"
        if depth == 0 and sign == "\n" and not goes_on:
            return rest[:at].splitlines()[-1]
    return rest


def test_a_var_without_a_semicolon_is_found() -> None:
    assert open_line_end(" a = 1\nshow(b, c);") == " a = 1"
    assert open_line_end(" a = 1,\n  b = [\n 2\n];") == ""
    assert open_line_end(" a = b ?\n c : d;") == ""
