"""Tie-breakers in the terms of a sport and in the reader's language: alone, and within a sentence."""

from collections.abc import Iterable, Mapping

from timely.domain.rules import tiebreaker_titles
from timely.domain.sports import Sport
from timely.domain.translation import LazyText, Text, gettext, pgettext, pgettext_noop

# The titles of all sports in lower case.
WITHIN_A_SENTENCE = (
    pgettext_noop("tie-breaker within a sentence", "points"),
    pgettext_noop("tie-breaker within a sentence", "games won"),
    pgettext_noop("tie-breaker within a sentence", "goal difference"),
    pgettext_noop("tie-breaker within a sentence", "goals scored"),
    pgettext_noop("tie-breaker within a sentence", "away goals"),
    pgettext_noop("tie-breaker within a sentence", "goal average"),
    pgettext_noop("tie-breaker within a sentence", "set ratio"),
    pgettext_noop("tie-breaker within a sentence", "point ratio"),
    pgettext_noop("tie-breaker within a sentence", "try difference"),
    pgettext_noop("tie-breaker within a sentence", "tries scored"),
    pgettext_noop("tie-breaker within a sentence", "net run rate"),
    pgettext_noop("tie-breaker within a sentence", "sonneborn-berger score"),
    pgettext_noop("tie-breaker within a sentence", "head-to-head points"),
    pgettext_noop("tie-breaker within a sentence", "head-to-head games won"),
    pgettext_noop("tie-breaker within a sentence", "head-to-head goal difference"),
    pgettext_noop("tie-breaker within a sentence", "head-to-head goals scored"),
    pgettext_noop("tie-breaker within a sentence", "head-to-head away goals"),
    pgettext_noop("tie-breaker within a sentence", "fair play"),
    pgettext_noop("tie-breaker within a sentence", "ranking list"),
    pgettext_noop("tie-breaker within a sentence", "play-off"),
    pgettext_noop("tie-breaker within a sentence", "drawing of lots"),
    pgettext_noop("tie-breaker within a sentence", "position in the group"),
    pgettext_noop("tie-breaker within a sentence", "points difference"),
    pgettext_noop("tie-breaker within a sentence", "points scored"),
    pgettext_noop("tie-breaker within a sentence", "points average"),
    pgettext_noop("tie-breaker within a sentence", "head-to-head points difference"),
    pgettext_noop("tie-breaker within a sentence", "head-to-head points scored"),
    pgettext_noop("tie-breaker within a sentence", "set difference"),
    pgettext_noop("tie-breaker within a sentence", "sets won"),
    pgettext_noop("tie-breaker within a sentence", "set average"),
    pgettext_noop("tie-breaker within a sentence", "head-to-head set difference"),
    pgettext_noop("tie-breaker within a sentence", "head-to-head sets won"),
    pgettext_noop("tie-breaker within a sentence", "run difference"),
    pgettext_noop("tie-breaker within a sentence", "runs scored"),
    pgettext_noop("tie-breaker within a sentence", "run average"),
    pgettext_noop("tie-breaker within a sentence", "head-to-head run difference"),
    pgettext_noop("tie-breaker within a sentence", "head-to-head runs scored"),
    pgettext_noop("tie-breaker within a sentence", "leg difference"),
    pgettext_noop("tie-breaker within a sentence", "legs won"),
    pgettext_noop("tie-breaker within a sentence", "leg average"),
    pgettext_noop("tie-breaker within a sentence", "head-to-head leg difference"),
    pgettext_noop("tie-breaker within a sentence", "head-to-head legs won"),
)


def titles(sport: Sport) -> Mapping[str, str]:
    """{tie-breaker: its title, such as "Set difference"}."""
    return {key: gettext(title) for key, title in tiebreaker_titles.titles(sport).items()}


def order_text(sport: Sport, criteria: Iterable[str]) -> str:
    """ "points, then goal difference, then goals scored"."""
    words, text = tiebreaker_titles.titles(sport), ""
    for key in criteria:
        word = pgettext("tie-breaker within a sentence", words[key].lower())
        text = pgettext("order of tie-breakers", "%(before)s, then %(next)s", before=text, next=word) if text else word
    return text


def title_text(title: Text) -> str:
    """The title of a tie-breaker, or of one of its forms, in the reader's language."""
    return str(title) if isinstance(title, LazyText) else gettext(title)
