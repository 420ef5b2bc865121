"""Parses typed labels of sides that are not known yet into sources."""

import re
from collections.abc import Collection, Iterator

from timely.domain.knockout.source import LOWEST_PLACE, LoserOf, Place, Rank, Source, WinnerOf

NUMBER = r"(\d{1,3})(?:st|nd|rd|th)?"
PLACE_WORDS = {"winner": 1, "winners": 1, "runner-up": 2, "runners-up": 2}
BETWEEN = (("place ",), ("of ", "in "), ("the ",))  # words between a place and its table


def read_label(text: str, groups: Collection[str], codes: Collection[str]) -> Source | None:
    """The source behind "A5", "2nd of Pool North", "Winner QF 2"; None for text that names none, or several.

    *groups* are the names of the tables ("" for the one of a league), *codes* those of the other ties.
    """
    plain = _plain(text)
    found = {*_of_ties(plain, codes)} or {*_of_tables(plain, groups)}
    if len(found) != 1:
        return None
    source = found.pop()
    numbers = [getattr(source, name, None) for name in ("position", "best", "rank")]
    return source if all(1 <= number <= LOWEST_PLACE for number in numbers if number is not None) else None


def named_tie(text: str) -> str | None:
    """The casefolded code of the tie whose winner or loser the label names: "qf2" of "Winner of QF 2"."""
    said = _tie_said(_plain(text))
    return said[1] if said else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _tie_said(plain: str) -> tuple[str, str] | None:
    said = re.fullmatch(r"(winner|loser)s?(?: of)? (.+)", plain)
    return (said[1], said[2].replace(" ", "")) if said else None


def _of_ties(plain: str, codes: Collection[str]) -> Iterator[Source]:
    said = _tie_said(plain)
    if said:
        for code in codes:
            if code.casefold() == said[1]:
                yield WinnerOf(code) if said[0] == "winner" else LoserOf(code)


def _of_tables(plain: str, groups: Collection[str]) -> Iterator[Source]:
    # The text is parsed once, however many groups there are.
    said = list(_places_said(plain))
    for group in groups:
        name = _plain(group)
        for text, position, is_apart in said:
            # After "Pool 1" a number has to stand apart, or "Pool 12" would be its second place.
            if name and text == name and (is_apart or len(name) <= 2 or not name[-1].isdigit()):
                yield Place((group,), position)
    table = re.fullmatch(rf"{NUMBER}(?: place)?(?: of| in)(?: the)? (?:table|league)", plain)
    if table and "" in groups:
        yield Place(("",), int(table[1]))
    if len(groups) < 2:
        return
    overall = re.fullmatch(rf"{NUMBER} overall", plain)
    if overall:
        yield Rank(int(overall[1]))
    best = re.fullmatch(rf"(?:{NUMBER} )?best {NUMBER}(?: of (.+))?", plain)
    if best:
        named = best[3].split("/") if best[3] else [group.casefold() for group in groups]
        among = tuple(group for group in groups if group.casefold() in named)
        if len(among) == len(named) > 1:
            yield Place(among, int(best[2]), int(best[1]) if best[1] else None)


def _places_said(plain: str) -> Iterator[tuple[str, int, bool]]:
    """(name of a group, position, whether the two stand apart) for every way to parse the text."""
    for digits in (1, 2, 3):
        before, number = plain[:-digits], plain[-digits:]
        if before and number.isdecimal():
            for name in _without(before.rstrip(), "group ", "pool "):
                yield name, int(number), before.endswith(" ")
    first, _, rest = plain.partition(" ")
    numbered = re.fullmatch(NUMBER, first)
    position = int(numbered[1]) if numbered else PLACE_WORDS.get(first)
    if position is not None and rest:
        names = {rest}
        for words in BETWEEN if numbered else [("of ",)]:
            names |= {name for one in names for name in _without(one, *words)}
        for name in {name for one in names for name in _without(one, "group ", "pool ")}:
            yield name, position, True


def _without(text: str, *words: str) -> set[str]:
    """The text unchanged, and without each of the words if it begins with it."""
    return {text, *(text.removeprefix(word) for word in words)}
