"""Text of states: of a game by its status and the clock, of an event."""

from timely.domain.translation import lazy_pgettext
from timely.models.read_only import FixtureView

FIXTURE_STATUS_TEXT = {
    "SCHEDULED": "",
    "LIVE": lazy_pgettext("state of a game", "Live"),
    "FINISHED": lazy_pgettext("state of a game", "Full time"),
    "POSTPONED": lazy_pgettext("state of a game", "Postponed"),
    "CANCELLED": lazy_pgettext("state of a game", "Cancelled"),
    "ABANDONED": lazy_pgettext("state of a game", "Abandoned"),
    "WALKOVER": lazy_pgettext("state of a game", "Walkover"),
}
# A state that follows from the clock takes precedence over the recorded status.
GAME_STATE_TEXT = {
    "LATE": lazy_pgettext("state of a game", "Late"),
    "AWAITED": lazy_pgettext("state of a game", "Result awaited"),
}
ANNULLED = lazy_pgettext("state of a game", "Annulled")
EVENT_STATE_TEXT = {
    "DRAFT": lazy_pgettext("state of an event", "Draft"),
    "COMING": lazy_pgettext("state of an event", "Coming up"),
    "NOW": lazy_pgettext("state of an event", "On now"),
    "AWAITED": lazy_pgettext("state of an event", "Results awaited"),
    "FINISHED": lazy_pgettext("state of an event", "Finished"),
    "CANCELLED": lazy_pgettext("state of an event", "Cancelled"),
}


def game_state_text(fixture: FixtureView) -> str:
    """ "Live", "Late", "Result awaited", "Full time", "Annulled"; "" for a game that is still to come."""
    if fixture.result and fixture.result.annulled:
        return str(ANNULLED)
    return str(GAME_STATE_TEXT.get(fixture.state) or FIXTURE_STATUS_TEXT[fixture.status_now])
