"""Words for the status of a game or an event within a sentence."""

from timely.domain.translation import LazyText, lazy_pgettext

EVENT_WORDS = {
    "DRAFT": lazy_pgettext("event", "draft"),
    "PUBLISHED": lazy_pgettext("event", "published"),
    "LIVE": lazy_pgettext("event", "live"),
    "COMPLETED": lazy_pgettext("event", "completed"),
    "CANCELLED": lazy_pgettext("event", "cancelled"),
}
GAME_WORDS = {
    "SCHEDULED": lazy_pgettext("game", "scheduled"),
    "LIVE": lazy_pgettext("game", "live"),
    "FINISHED": lazy_pgettext("game", "finished"),
    "POSTPONED": lazy_pgettext("game", "postponed"),
    "CANCELLED": lazy_pgettext("game", "cancelled"),
    "ABANDONED": lazy_pgettext("game", "abandoned"),
    "WALKOVER": lazy_pgettext("game", "walkover"),
}


def event_word(status: str) -> LazyText | str:
    return EVENT_WORDS.get(status, status.lower())


def game_word(status: str) -> LazyText | str:
    return GAME_WORDS.get(status, status.lower())
