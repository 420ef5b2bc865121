"""CSS on its way to a browser loses what means nothing, and nothing else."""

import pytest

from timely.web.lean_css import lean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # comments
        ("/* Bar */\np { top: 0; }", "p{top:0}"),
        ("p { /* a; b: c */ top: 0; /* } */ }", "p{top:0}"),
        ("a /* of */ b { top: 0; }", "a b{top:0}"),
        (".a/* one class, one element */b { top: 0; }", ".a/**/b{top:0}"),
        ("p { margin: 1px/**/2px; }", "p{margin:1px/**/2px}"),
        ("p { top: 0; } /* without an end", "p{top:0}"),
        # white space
        ("p {\n  top: 0;\n  left : 1px;\n}\n", "p{top:0;left :1px}"),
        ("a,\nb  >  c ,d { top: 0 }", "a,b > c,d{top:0}"),
        ("p { top: 0; }\n\nb { top: 1px; }", "p{top:0}\nb{top:1px}"),
        ("a :hover, a:not( .b ) :first-child { top: 0; }", "a :hover,a:not( .b ) :first-child{top:0}"),
        ("p { border: 1px solid red !important; }", "p{border:1px solid red !important}"),
        ("p { width: calc(50% - .5em + (2 * 3px)); }", "p{width:calc(50% - .5em + (2 * 3px))}"),
        ("p { width: min(330px, 100%); }", "p{width:min(330px,100%)}"),
        ("p { grid-row: 1 / span 2; }", "p{grid-row:1 / span 2}"),
        ("p { --a: ; --b: }", "p{--a: ;--b: }"),
        ("p { --a: var(--b, #fff); }", "p{--a:var(--b,#fff)}"),
        # conditions: a word and a bracket that touch would be a function
        (
            "@media screen and (min-width: 1px) and (max-width: 2px) {\n  p { top: 0; }\n}",
            "@media screen and (min-width:1px) and (max-width:2px){p{top:0}}",
        ),
        (
            "@supports (display: grid) {\n  @media print {\n    p { top: 0; }\n    b { top: 0; }\n  }\n}\na { }",
            "@supports (display:grid){@media print{p{top:0}\nb{top:0}}}\na{}",
        ),
        ("@supports not ((a: b) or (c: d)) { p { top: 0; } }", "@supports not ((a:b) or (c:d)){p{top:0}}"),
        ("@supports selector(:has(*)) { p { top: 0; } }", "@supports selector(:has(*)){p{top:0}}"),
        ("@page :first { size: A4 landscape; }", "@page :first{size:A4 landscape}"),
        ('@import "a.css" print;\np { top: 0; }', '@import "a.css" print;p{top:0}'),
    ],
)
def test_what_means_nothing_is_left_out(text: str, expected: str) -> None:
    assert lean(text) == expected


@pytest.mark.parametrize(
    "value",
    [
        '"  a ;  b: { c } /* d */ , e"',
        "'it is \\' ; here  , too'",
        '"over \\\n  two lines"',
        '"\\00b7\\00a0"',
        "url(data:image/svg+xml;charset=utf8,<svg  a=b>/*x*/{ ; }</svg>)",
        "URL( a\\)  ;b.png )",
        'url( "a ; b.png" )',
        "attr(data-pitch)",
    ],
)
def test_strings_and_addresses_stay_as_they_are(value: str) -> None:
    assert lean(f"p {{\n  content: {value};\n}}") == f"p{{content:{value}}}"


@pytest.mark.parametrize("selector", [r".a\:b", r".a\{", r"#\31  b", r".\26 b", r".a\,  b"])
def test_an_escaped_character_is_a_letter(selector: str) -> None:
    expected = selector if "31" in selector else selector.replace("  ", " ")
    assert lean(f"{selector} {{ top: 0; }}") == f"{expected}{{top:0}}"


def test_what_is_short_stays_as_it_is() -> None:
    text = "@supports (display:grid){a :hover,b{margin:-1px auto}\np{--a: ;width:calc(1px - 2px)}}"
    assert lean(text) == lean(lean(text)) == text
