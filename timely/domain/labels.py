"""Labels: what somebody typed for a side that is not known yet, read as the source that it names."""

import re
from collections.abc import Collection, Iterator

from timely.domain.sources import LOWEST_PLACE, LoserOf, Place, Rank, Source, WinnerOf

NUMBER = r"(\d{1,3})(?:st|nd|rd|th)?"
PLACE_WORDS = {"winner": 1, "winners": 1, "runner-up": 2, "runners-up": 2}


def read_label(text: str, groups: Collection[str], codes: Collection[str]) -> Source | None:
    """The source behind "A5", "2nd of Pool North", "Winner QF 2"; None for words that name none, or several.

    *groups* are the names of the tables ("" for the one of a league), *codes* those of the other ties.
    """
    plain = " ".join(text.casefold().split())
    found = {*_of_ties(plain, codes)} or {*_of_tables(plain, groups)}
    if len(found) != 1:
        return None
    source = found.pop()
    numbers = [getattr(source, name, None) for name in ("position", "best", "rank")]
    return source if all(1 <= number <= LOWEST_PLACE for number in numbers if number is not None) else None


def _of_ties(plain: str, codes: Collection[str]) -> Iterator[Source]:
    said = re.fullmatch(r"(winner|loser)s?(?: of)? (.+)", plain)
    if said:
        for code in codes:
            if code.casefold() == said[2].replace(" ", ""):
                yield WinnerOf(code) if said[1] == "winner" else LoserOf(code)


def _of_tables(plain: str, groups: Collection[str]) -> Iterator[Source]:
    for group in groups:
        position = _position(plain, " ".join(group.casefold().split()))
        if position is not None:
            yield Place((group,), position)
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


def _position(plain: str, group: str) -> int | None:
    if not group:
        said = re.fullmatch(rf"{NUMBER}(?: place)?(?: of| in)(?: the)? (?:table|league)", plain)
        return int(said[1]) if said else None
    name = rf"(?:(?:group|pool) )?{re.escape(group)}"
    # After "Pool 1" a number stands apart, or "Pool 12" would be its second.
    apart = " " if len(group) > 2 and group[-1].isdigit() else " ?"
    said = re.fullmatch(rf"{name}{apart}(\d{{1,3}})", plain)
    said = said or re.fullmatch(rf"{NUMBER}(?: place)?(?: of| in)?(?: the)? {name}", plain)
    if said:
        return int(said[1])
    word = re.fullmatch(rf"(winners?|runners?-up)(?: of)? {name}", plain)
    return PLACE_WORDS[word[1]] if word else None
