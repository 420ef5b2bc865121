"""JavaScript (ES5) in fewer bytes, as a browser is sent it: no comments, little white space, short names of variables.

Only names that the script itself declares within a function are shortened; properties and globals keep theirs. Each
`var` has to end with a semicolon.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

TOKEN = re.compile(
    r"""
    (?P<comment> /\* .*? \*/ | // [^\n]* )
    | (?P<space> \s+ )
    | (?P<name> [A-Za-z_$] [\w$]* )
    | " (?: [^"\\\n] | \\. )* " | ' (?: [^'\\\n] | \\. )* '
    | \d [\w.]* | .
    """,
    re.VERBOSE | re.DOTALL,
)
# Where a value may begin, a slash begins a regular expression; after a value it divides.
REGULAR_EXPRESSION = re.compile(r"/ (?: [^/\\\n\[] | \\. | \[ (?: [^\]\\\n] | \\. )* \] )+ / [gimuy]*", re.VERBOSE)
BEFORE_A_VALUE = frozenset("(,=:[!&|?{};+-*%<>~^") | {"", "return", "typeof", "case", "in", "of", "void", "delete"}
WORD = re.compile(r"[\w$]")
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class _Token:
    text: str
    is_name: bool
    follows_line_end: bool
    follows_space: bool


@dataclass
class _Function:
    """A function's tokens, from its parameters to the end of its body, and what it declares."""

    begin: int
    end: int
    names: set[str] = field(default_factory=set)


def lean(text: str) -> str:
    """The same script. Raises ValueError if its brackets do not match."""
    tokens = list(_tokens(text))
    short = _short_names(tokens)
    kept: list[str] = []
    before = ""
    for token in tokens:
        kept += [_gap(before, token), short.get(token.text, token.text) if token.is_name else token.text]
        before = kept[-1]
    return "".join(kept)


def _tokens(text: str) -> Iterator[_Token]:
    """Names of properties count as no names."""
    at, before, gap = 0, "", ""
    while at < len(text):
        is_value = text[at] == "/" and text[at + 1 : at + 2] not in ("/", "*") and before in BEFORE_A_VALUE
        found = (REGULAR_EXPRESSION.match(text, at) if is_value else None) or TOKEN.match(text, at)
        assert found
        at = found.end()
        groups = found.groupdict()
        if groups.get("comment") or groups.get("space"):
            gap += found[0]
            continue
        is_key = before in ("{", ",") and re.match(r"\s*:", text[at:])
        is_name = bool(groups.get("name")) and before != "." and not is_key
        yield _Token(found[0], is_name, "\n" in gap, bool(gap))
        before, gap = found[0], ""


def _gap(before: str, token: _Token) -> str:
    """The white space that has to stay: between words, between signs, and where a line may end a statement."""
    text = token.text
    if not before or not token.follows_space:
        return ""
    if token.follows_line_end and (WORD.match(before[-1]) or before[-1] in ")]}\"'") and text not in ")]},;.:?&|":
        return "\n"
    both_words = WORD.match(before[-1]) and WORD.match(text[0])
    return " " if both_words or (before[-1] in "+-/" and text[0] in "+-/") else ""


def _short_names(tokens: Sequence[_Token]) -> dict[str, str]:
    """{declared name: short name}; the most frequent get the shortest. A name that is a global elsewhere keeps it."""
    functions = _functions(tokens)
    bound: Counter[str] = Counter()
    free = set()
    for at, token in enumerate(tokens):
        if token.is_name:
            if any(one.begin <= at <= one.end and token.text in one.names for one in functions):
                bound[token.text] += 1
            else:
                free.add(token.text)
    given = (name for name in _names() if name not in free)
    return {name: next(given) for name, _ in bound.most_common() if name not in free}


def _names() -> Iterator[str]:
    yield from LETTERS
    for number in count():
        for letter in LETTERS:
            yield f"{letter}{number}"


def _functions(tokens: Sequence[_Token]) -> list[_Function]:
    pairs = _pairs(tokens)
    found = []
    for at, token in enumerate(tokens):
        if token.is_name and token.text in ("function", "catch"):
            begin = at + 1 if tokens[at + 1].text == "(" else at + 2
            parameters = {one.text for one in tokens[begin : pairs[begin]] if one.is_name}
            found.append(_Function(begin, pairs[pairs[begin] + 1], parameters))
    # From the inside, so that a declaration is the innermost function's.
    found.sort(key=lambda one: one.end - one.begin)
    for at, token in enumerate(tokens):
        declared = set()
        if token.is_name and token.text == "var":
            declared = _declared(tokens, pairs, at + 1)
        elif token.is_name and token.text == "function" and tokens[at + 1].is_name:
            declared = {tokens[at + 1].text}
        for one in found:
            if declared and one.begin <= at <= one.end:
                one.names |= declared
                break
    return found


def _declared(tokens: Sequence[_Token], pairs: dict[int, int], at: int) -> set[str]:
    """The names of one `var`, whose first is at *at*."""
    names = {tokens[at].text}
    while tokens[at].text not in (";", ")", "}", "in"):
        if tokens[at].text == ",":
            names.add(tokens[at + 1].text)
        at = pairs.get(at, at) + 1
    return names


def _pairs(tokens: Sequence[_Token]) -> dict[int, int]:
    """{index of an opening bracket: that of its closing one}."""
    pairs, opened = {}, []
    for at, token in enumerate(tokens):
        if token.text in ("(", "[", "{"):
            opened.append(at)
        elif token.text in (")", "]", "}"):
            if not opened:
                raise ValueError("a bracket closes that was not opened")
            pairs[opened.pop()] = at
    if opened:
        raise ValueError("a bracket is not closed")
    return pairs
