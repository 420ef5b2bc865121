"""Plain letters in what is said in the pseudo-language: typed words, names, or texts that are not translated."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.languages.pseudo import PSEUDO
from timely.languages.locales import own_name

PLAIN_WORD = re.compile(r"(?<![\w/.:?=&-])[A-Za-z]{2,}")
# Addresses, codes of games in a knockout, and names that are cut to fit a drawing.
NO_WORDS = re.compile(r"https?://\S+|\b(?:R\d+|QF|SF|F|QPO|[WL])-?\d+\b|\w*…")
LANGUAGES = [own_name(code) for code in ("en", "de", "fr", "it", "es", "pt", "nl", "pl", "sv")]
WORDS = Path(__file__).with_name("plain_words.txt").read_text("utf-8").splitlines()
ALLOWED = [line for line in WORDS if not line.startswith("#")]
# Of "Français" its first letters are plain.
KNOWN = {word.lower() for word in (*" ".join(ALLOWED).split(), *PLAIN_WORD.findall(" ".join(LANGUAGES)))}


def untranslated(texts: Any, typed: set[str] = frozenset()) -> list[str]:
    """Those of the texts that hold plain words which nobody typed."""
    words = {text: {word.lower() for word in PLAIN_WORD.findall(NO_WORDS.sub("", text))} for text in texts}
    return sorted(text for text, found in words.items() if found - KNOWN - typed)


def words_in(answer: Any) -> Iterator[str]:
    """The values of a JSON answer that are words for a reader."""
    if isinstance(answer, list):
        for one in answer:
            yield from words_in(one)
    elif isinstance(answer, dict):
        for key, value in answer.items():
            if isinstance(value, str) and (key.endswith("_text") or key in ("message", "head")) and "code" not in key:
                yield value
            else:
                yield from words_in(value)


def asked_for(path: str) -> str:
    """The address in the pseudo-language: a program and a display do not look at the cookie."""
    return f"{path}{'&' if '?' in path else '?'}lang={PSEUDO.code}"


def report(faults: dict[str, list[str]]) -> str:
    """Each text once, with the first address that shows it."""
    seen: set[str] = set()
    lines = []
    for path, texts in faults.items():
        lines += [f"{path}: {text[:150]!r}" for text in texts if text not in seen]
        seen |= set(texts)
    return "\n".join(lines)
