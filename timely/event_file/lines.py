"""The line of a fault that Python's JSON parser reports without its place."""

import json
import re
import sys
from collections.abc import Callable

# Whatever stands before the fault has been read without complaint, so that this rough view of JSON will do.
TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|-?Infinity|NaN|-?[0-9][0-9.eE+-]*|[{}\[\],:]', re.DOTALL)
COLON = re.compile(r"\s*:")


def line_of_constant(text: str, name: str) -> int:
    """Where NaN or Infinity stands as a value."""
    return _first_line(text, lambda token: token == name)


def line_of_long_number(text: str) -> int:
    """Where a whole number has more digits than Python turns into a number."""
    most = sys.get_int_max_str_digits()
    return _first_line(text, lambda token: token.lstrip("-").isdecimal() and len(token.lstrip("-")) > most)


def line_of_second_key(text: str, key: str) -> int:
    """Where an object has *key* for the second time."""
    inside: list[set[str]] = []
    for token in TOKEN.finditer(text):
        word = token[0]
        if word in "{[":
            inside.append(set())
        elif word in "}]":
            inside.pop()
        elif word.startswith('"') and COLON.match(text, token.end()) and json.loads(word) == key:
            if key in inside[-1]:
                return _line(text, token.start())
            inside[-1].add(key)
    return 1


def _first_line(text: str, is_it: Callable[[str], bool]) -> int:
    return next((_line(text, token.start()) for token in TOKEN.finditer(text) if is_it(token[0])), 1)


def _line(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1
