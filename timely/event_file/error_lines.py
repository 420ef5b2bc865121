"""Finds the line of errors that Python's JSON parser reports without their position."""

import json
import re
import sys
from collections.abc import Callable

# All text before the error has been parsed successfully, so this rough tokenizer of JSON is enough.
TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|-?Infinity|NaN|-?[0-9][0-9.eE+-]*|[{}\[\],:]', re.DOTALL)
COLON = re.compile(r"\s*:")


def line_of_constant(text: str, name: str) -> int:
    """The line where NaN or Infinity is a value."""
    return _first_line(text, lambda token: token == name)


def line_of_long_number(text: str) -> int:
    """The line of a whole number with more digits than Python converts."""
    most = sys.get_int_max_str_digits()
    return _first_line(text, lambda token: token.lstrip("-").isdecimal() and len(token.lstrip("-")) > most)


def line_of_second_key(text: str, key: str) -> int:
    """The line where an object has *key* for the second time."""
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
