"""Detects passwords that anybody would try first: common words, keyboard rows, counting, repeats, known names."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("common_passwords.txt")
# Along the keys of British, German, French and Russian keyboards, down their columns, and sequences known by heart.
WALKS = (
    *("123456789012345678901234567890", "abcdefghijklmnopqrstuvwxyz"),
    *("qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "qsdfghjklm"),
    *("zxcvbnm", "yxcvbnm", "wxcvbn", "1q2w3e4r5t6y7u8i9o0p", "1a2b3c4d5e6f", "q1w2e3r4t5y6", "a1b2c3d4e5f6"),
    *("1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1qay2wsx3edc", "qazwsxedcrfv", "qweasdzxc", "qaywsxedc", "147258369", "159357"),
    *("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"),
    *("11223344556677889900", "aabbccddeeff", "112233", "123321", "abc123", "xyz"),
)
SHORTEST = 6  # without blanks
SHORTEST_STEP = 3
SHORTEST_NAME = 3
LONGEST_WORD = 40
SPELLED = str.maketrans("013457@$!|€", "oieastasile")
SHORTEST_OF_FIGURES = 12


def is_weak(password: str, names: Iterable[str] = ()) -> bool:
    """Whether somebody who knows the *names* would try it among the first. Its length is bounded by the caller."""
    said = re.sub(r"\s+", "", password.casefold())
    if len(said) < SHORTEST or len(set(said)) <= 2 or _repeats(said):
        return True
    if said.isdecimal():
        return len(said) < SHORTEST_OF_FIGURES or said in _walks()
    return _is_made_of(said, _walks() | {part for name in names for part in _parts(name)}, _common())


def _repeats(said: str) -> bool:
    """Whether the password repeats one part, such as `abcabcabc`."""
    units = range(1, len(said) // 2 + 1)
    return any(said == (said[:unit] * (len(said) // unit + 1))[: len(said)] for unit in units)


def _is_made_of(said: str, free: frozenset[str], once: frozenset[str]) -> bool:
    """Whether the password is only digits, signs, any of the *free* words, and at most one of the *once* words."""
    spelled = said.translate(SPELLED)
    # Which offsets can be reached, without a word of *once* and with one.
    without: set[int] = {0}
    with_one: set[int] = set()
    for at in range(len(said)):
        for places in (without, with_one):
            if at not in places:
                continue
            if not said[at].isalpha():
                places.add(at + 1)
            for end in range(at + 1, min(len(said), at + LONGEST_WORD) + 1):
                words = said[at:end], spelled[at:end]
                if any(word in free for word in words):
                    places.add(end)
                if places is without and any(word in once for word in words):
                    with_one.add(end)
    return len(said) in without | with_one


def _parts(name: str) -> set[str]:
    """The name without its blanks, and its words."""
    words = re.findall(r"\w+", re.sub("['\u2019]", "", name.casefold()))
    return {part for part in ("".join(words), *words) if len(part) >= SHORTEST_NAME}


@cache
def _walks() -> frozenset[str]:
    """Every part of a walk that is long enough to be recognised as one, in both directions."""
    both = [way for walk in WALKS for way in (walk, walk[::-1])]
    ends = range(SHORTEST_STEP, 1 + max(len(way) for way in both))
    return frozenset(way[start : start + end] for way in both for start in range(len(way)) for end in ends) - {
        way[-short:] for way in both for short in range(1, SHORTEST_STEP)
    }


@cache
def _common() -> frozenset[str]:
    lines = LIST.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
