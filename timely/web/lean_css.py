"""CSS without comments and superfluous white space: one rule a line, as a browser is sent it."""

import re

TOKEN = re.compile(
    r"""
    (?P<comment> /\* .*? (?: \*/ | \Z ) )
    | (?P<space> \s+ )
    | " (?: [^"\\\n] | \\. )* " | ' (?: [^'\\\n] | \\. )* '
    | (?<! [\w-] ) [uU][rR][lL] \( \s* (?! ["'\s] ) (?: [^)\\] | \\. )* \)  # a URL without quotes
    | \\ (?: [0-9a-fA-F]{1,6} \s? | . )  # the white space ends the number, and belongs to it
    | [\w-]+ | .
    """,
    re.VERBOSE | re.DOTALL,
)


def lean(text: str) -> str:
    """The same rules in fewer bytes.

    White space goes where it means nothing for sure: beside braces, semicolons and commas, and after a colon.
    Everywhere else one space stays: it may be a combinator (`a :hover`), or needed by `calc()`, `and (` or `@supports`.
    """
    kept: list[str] = [""]
    gap = ""
    for found in TOKEN.finditer(text):
        token = found[0]
        if found["comment"]:
            gap = gap or "/**/"  # where nothing else does, it keeps two words apart
        elif found["space"]:
            gap = "\n" if "\n" in token + gap else " "
        else:
            if token == "}" and kept[-1] == ";":
                kept.pop()
            kept += [_shortened(gap, kept[-1], token), token] if gap else [token]
            gap = ""
    return "".join(kept)


def _shortened(gap: str, before: str, after: str) -> str:
    """The white space or comment that has to stay between two tokens; *before* is empty at the beginning."""
    if before == ":" and after in (";", "}"):
        return " "  # the value of a custom property may be white space alone
    if before == "}" and after != "}":
        return "\n" if "\n" in gap else ""
    if before in ("", "{", "}", ";", ",", ":") or after in ("{", "}", ";", ","):
        return ""
    return gap.replace("\n", " ")
