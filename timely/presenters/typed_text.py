"""Typed names of rounds and of sides that are not known yet, in the reader's language, as they are stored: in English.

What `presenters/round_text.py` shows in German may be typed in German: "Sieger QF2" is "Winner QF2". English is
understood in every language, and any other text stays as it was typed.
"""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from timely.domain.knockout.source import ordinal
from timely.domain.translation import ENGLISH, Language, LazyText, current_language, lazy_pgettext
from timely.presenters.round_text import ROUNDS

LONGEST = 120
PLACEHOLDER = re.compile(r"%\((\w+)\)s")

# The messages that are read, those with a place in general after those that name something.
ROUND_MESSAGES = (
    lazy_pgettext("round", "Round %(number)s"),
    lazy_pgettext("round", "Matchday %(number)s"),
    lazy_pgettext("round", "Round of %(teams)s"),
    lazy_pgettext("game for a place", "%(place)s place"),
    lazy_pgettext("table", "Group %(name)s"),
)
LABEL_MESSAGES = (
    lazy_pgettext("of a game", "Winner %(game)s"),
    lazy_pgettext("of a game", "Loser %(game)s"),
    lazy_pgettext("team", "%(place)s of the table"),
    lazy_pgettext("team", "%(place)s overall"),
    lazy_pgettext("team", "%(place)s of %(group)s"),
)


def round_in_english(text: str) -> str:
    """ "Quarter-finals" for "Viertelfinale" typed by a reader of German."""
    return _read(text, ROUND_MESSAGES, ROUNDS.values())


def label_in_english(text: str) -> str:
    """ "Winner QF2" for "Sieger QF2", "2nd of Group A" for "2. der Gruppe A"."""
    return _read(text, LABEL_MESSAGES, ())


def _read(text: str, messages: Iterable[LazyText], words: Iterable[LazyText]) -> str:
    language, plain = current_language(), " ".join(text.split())
    if language == ENGLISH or not plain or len(plain) > LONGEST:
        return text
    for word in words:
        if plain.casefold() == str(word).casefold():
            return word.message
    for message in messages:
        found = _pattern(message.context, message.message, language).fullmatch(plain)
        if found is not None:
            return message.message % {name: VALUES[name](value) for name, value in found.groupdict().items()}
    return text


@lru_cache(200)
def _pattern(context: str, message: str, language: Language) -> re.Pattern[str]:
    """The translation as a pattern, with a group for each placeholder."""
    parts = PLACEHOLDER.split(language.translations.pgettext(context, message))
    pattern = "".join(f"(?P<{part}>{SHAPES[part]})" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    return re.compile(pattern, re.IGNORECASE)


def _as_typed(value: str) -> str:
    return value


def _place(value: str) -> str:
    return ordinal(int(re.sub(r"\D", "", value)))


# What stands for each placeholder, and how it is written in English.
SHAPES = {
    "number": r"\d{1,4}",
    "teams": r"\d{1,4}",
    "place": r"\d{1,3}\D{0,4}?",
    "name": r"\S{1,2}",
    "game": r"\S.{0,20}",
    "group": r"\S.{0,80}",
}
VALUES: dict[str, Callable[[str], str]] = {
    "number": _as_typed,
    "teams": _as_typed,
    "place": _place,
    "name": _as_typed,
    "game": _as_typed,
    "group": round_in_english,
}
