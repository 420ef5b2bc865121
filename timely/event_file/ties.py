"""Checks the knockout ties of an event file: their codes, what they wait for, and how often a pair meets."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from timely.domain.errors import ValidationError
from timely.domain.knockout.tie import circle_in, circle_text
from timely.domain.number_text import thousands
from timely.domain.translation import lazy_gettext
from timely.event_file.contents import MatchPart
from timely.event_file.limits import MOST_KNOCKOUT


def pair_of(data: Any) -> frozenset[str]:
    """The two names and the division of a match in the file, in whatever order; empty if it names no team."""
    names = [data.get("home"), data.get("away")] if isinstance(data, dict) else []
    pair = frozenset(name.strip() for name in names if isinstance(name, str))
    division = data.get("division") if pair else None
    return pair | {f"/{division.strip()}"} if isinstance(division, str) else pair


def knockout_meetings(matches: Sequence[Any]) -> Counter[frozenset[str]]:
    """The number of meetings of each pair in the knockout: a game of two legs, or before a replay, may end level."""
    return Counter(pair_of(data) for data in matches if isinstance(data, dict) and data.get("stage") == "knockout")


def check_ties(matches: Sequence[MatchPart]) -> None:
    """Raises ValidationError for a code used twice, a side that waits for a missing tie, and ties in a circle."""
    seen: dict[tuple[str | None, str, int | None], int] = {}
    of_division = Counter(match.division for match in matches if match.knockout)
    for division, count in of_division.items():
        if count > MOST_KNOCKOUT:
            numbers = {"count": thousands(count), "most": thousands(MOST_KNOCKOUT)}
            message = lazy_gettext("has %(count)s in the knockout, at most %(most)s", **numbers)
            if division:
                message = lazy_gettext(
                    "has %(count)s in the knockout of %(division)s, at most %(most)s",
                    division=repr(division),
                    **numbers,
                )
            raise ValidationError("matches", message)
    codes = {(match.division, match.code) for match in matches if match.code}
    for i, match in enumerate(matches):
        if match.code and (match.division, match.code, match.leg) in seen:
            first = seen[match.division, match.code, match.leg]
            raise ValidationError(
                f"matches[{i}].code",
                lazy_gettext(
                    "%(code)s is %(match)s already; two legs need a leg each",
                    code=repr(match.code),
                    match=f"matches[{first}]",
                ),
            )
        seen[match.division, match.code, match.leg] = i
        for side, source in (("home", match.home_source), ("away", match.away_source)):
            code = (source or {}).get("winner_of") or (source or {}).get("loser_of")
            if code and ((match.division, code) not in codes or code == match.code):
                raise ValidationError(
                    f"matches[{i}].{side}_from",
                    lazy_gettext("there is no other match with the code %(code)s", code=repr(code)),
                )
    _refuse_circles(matches)


def _refuse_circles(matches: Sequence[MatchPart]) -> None:
    waits: dict[tuple[str | None, str], dict[tuple[str | None, str], int]] = {}
    for number, match in enumerate(matches):
        if match.code:
            own = waits.setdefault((match.division, match.code), {})
            for source in (match.home_source, match.away_source):
                code = (source or {}).get("winner_of") or (source or {}).get("loser_of")
                if code:
                    own.setdefault((match.division, code), number)
    circle = circle_in(waits)
    if circle:
        chain = circle_text([code for _, code in circle])
        raise ValidationError(
            f"matches[{waits[circle[0]][circle[1 % len(circle)]]}]",
            lazy_gettext("can never be played: %(chain)s", chain=chain),
        )
