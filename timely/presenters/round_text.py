"""Text of rounds, groups and of sides that are not known yet.

Their English names are stored with the games and written to event files, and an organiser may have typed others. Those
that Timely gives itself are recognised and shown in the reader's language; any other name stands as it was typed.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from timely.domain.translation import ENGLISH, Language, LazyText, current_language, lazy_pgettext, ngettext, pgettext
from timely.models.read_only import FixtureView
from timely.presenters.number_text import ordinal_text

KEPT = 5_000  # of the names of a large event in all languages

ROUNDS = {
    "Final": lazy_pgettext("round", "Final"),
    "Semi-finals": lazy_pgettext("round", "Semi-finals"),
    "Semi-final": lazy_pgettext("round", "Semi-final"),
    "Quarter-finals": lazy_pgettext("round", "Quarter-finals"),
    "Quarter-final": lazy_pgettext("round", "Quarter-final"),
    # Other languages count games here: "8es de finale", "Achtelfinale".
    "Round of 16": lazy_pgettext("round", "Round of 16"),
    "Round of 32": lazy_pgettext("round", "Round of 32"),
    "Round of 64": lazy_pgettext("round", "Round of 64"),
    "Preliminary round": lazy_pgettext("round", "Preliminary round"),
    "Third place": lazy_pgettext("round", "Third place"),
    "Knockout": lazy_pgettext("stage", "Knockout"),
}
_STAGES = {
    "league": lazy_pgettext("stage", "League"),
    "groups": lazy_pgettext("stage", "Groups"),
    "knockout": lazy_pgettext("stage", "Knockout"),
}
_TABLES = {
    "League": _STAGES["league"],
    "All groups compared": lazy_pgettext("table", "All groups compared"),
    "Best group winners": lazy_pgettext("table", "Best group winners"),
    "Best second-placed": lazy_pgettext("table", "Best second-placed"),
    "Best third-placed": lazy_pgettext("table", "Best third-placed"),
    "Best fourth-placed": lazy_pgettext("table", "Best fourth-placed"),
}
_LABELS = {"Nobody": lazy_pgettext("side of a game", "Nobody")}

_PLACE = r"(\d+)(?:st|nd|rd|th)"
_Found = Sequence[str]
_Patterns = tuple[tuple[re.Pattern[str], Callable[[_Found], str]], ...]

_ROUND_PATTERNS: _Patterns = (
    (re.compile(r"Round (\d+)"), lambda found: pgettext("round", "Round %(number)s", number=found[0])),
    (re.compile(r"Matchday (\d+)"), lambda found: pgettext("round", "Matchday %(number)s", number=found[0])),
    (re.compile(r"Round of (\d+)"), lambda found: pgettext("round", "Round of %(teams)s", teams=found[0])),
    (
        re.compile(rf"{_PLACE} place"),
        lambda found: pgettext("game for a place", "%(place)s place", place=ordinal_text(int(found[0]))),
    ),
    (
        re.compile(r"Places (\d+)–(\d+)"),
        lambda found: pgettext("games for places", "Places %(first)s–%(last)s", first=found[0], last=found[1]),
    ),
    (re.compile(r"Group (\S{1,2})"), lambda found: pgettext("table", "Group %(name)s", name=found[0])),
)
_TABLE_PATTERNS: _Patterns = (
    *_ROUND_PATTERNS,
    (
        re.compile(rf"Best {_PLACE}-placed"),
        lambda found: pgettext("table", "Best %(place)s-placed", place=ordinal_text(int(found[0]))),
    ),
)
_LABEL_PATTERNS: _Patterns = (
    (re.compile(r"Winner (\S+)"), lambda found: pgettext("of a game", "Winner %(game)s", game=found[0])),
    (re.compile(r"Loser (\S+)"), lambda found: pgettext("of a game", "Loser %(game)s", game=found[0])),
    (
        re.compile(rf"{_PLACE} of the table"),
        lambda found: pgettext("team", "%(place)s of the table", place=ordinal_text(int(found[0]))),
    ),
    (
        re.compile(rf"{_PLACE} overall"),
        lambda found: pgettext("team", "%(place)s overall", place=ordinal_text(int(found[0]))),
    ),
    (
        re.compile(rf"{_PLACE} best {_PLACE}"),
        lambda found: pgettext(
            "team, such as the 5th best of those who are 3rd in their groups",
            "%(rank)s best %(place)s",
            rank=ordinal_text(int(found[0])),
            place=ordinal_text(int(found[1])),
        ),
    ),
    (
        re.compile(rf"Best {_PLACE} of (\d+) groups"),
        lambda found: ngettext(
            "Best %(place)s of %(num)s group",
            "Best %(place)s of %(num)s groups",
            int(found[1]),
            place=ordinal_text(int(found[0])),
        ),
    ),
    (
        re.compile(rf"Best {_PLACE} of (.+/.+)"),
        lambda found: pgettext(
            "team", "Best %(place)s of %(groups)s", place=ordinal_text(int(found[0])), groups=found[1]
        ),
    ),
    (
        re.compile(rf"{_PLACE} of (.+)"),
        lambda found: pgettext(
            "team", "%(place)s of %(group)s", place=ordinal_text(int(found[0])), group=round_text(found[1])
        ),
    ),
)


def round_text(name: str) -> str:
    """ "Quarter-finals", "Round 3", "3rd place", as a fixture's round has it."""
    language = current_language()
    return name if language == ENGLISH or not name else _round_text(name, language)


@lru_cache(KEPT)
def _round_text(name: str, language: Language) -> str:
    return str(ROUNDS[name]) if name in ROUNDS else _by_pattern(name, _ROUND_PATTERNS)


def label_text(label: str) -> str:
    """ "Winner QF2", "2nd of Pool North", as the label of a side or of its source has it."""
    language = current_language()
    return label if language == ENGLISH or not label else _label_text(label, language)


@lru_cache(KEPT)
def _label_text(label: str, language: Language) -> str:
    return str(_LABELS[label]) if label in _LABELS else _by_pattern(label, _LABEL_PATTERNS)


class LazyLabel(LazyText):
    """A label as its message, whose text is made each time that it becomes a string, as `label_text` makes it."""

    __slots__ = ()

    def __str__(self) -> str:
        return label_text(self.message)


def table_text(title: str) -> str:
    """ "League", "U10 · Group A", "Best third-placed", as a group's or a comparison's title has it."""
    language = current_language()
    return title if language == ENGLISH else _table_text(title, language)


@lru_cache(KEPT)
def _table_text(title: str, language: Language) -> str:
    division, dot, name = title.rpartition(" · ")
    return f"{division}{dot}{_TABLES[name] if name in _TABLES else _by_pattern(name, _TABLE_PATTERNS)}"


def _by_pattern(name: str, patterns: _Patterns) -> str:
    for pattern, text in patterns:
        found = pattern.fullmatch(name)
        if found:
            return text(found.groups())
    return name


def home_name(fixture: FixtureView) -> str:
    """The name of the team at home, or the text of who will be."""
    return fixture.home_team.name if fixture.home_team else label_text(fixture.home_name)


def away_name(fixture: FixtureView) -> str:
    return fixture.away_team.name if fixture.away_team else label_text(fixture.away_name)


def stage_text(kind: str) -> str:
    """The name of a kind of stage: "League"."""
    return str(_STAGES[kind])
