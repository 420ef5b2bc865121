"""Text of states: of a game by its status and the clock, of an event."""

from timely.models.read_only import FixtureView

FIXTURE_STATUS_TEXT = {
    "SCHEDULED": "",
    "LIVE": "Live",
    "FINISHED": "Full time",
    "POSTPONED": "Postponed",
    "CANCELLED": "Cancelled",
    "ABANDONED": "Abandoned",
    "WALKOVER": "Walkover",
}
# A state that follows from the clock takes precedence over the recorded status.
GAME_STATE_TEXT = {"LATE": "Late", "AWAITED": "Result awaited"}
EVENT_STATE_TEXT = {
    "DRAFT": "Draft",
    "COMING": "Coming up",
    "NOW": "On now",
    "AWAITED": "Results awaited",
    "FINISHED": "Finished",
    "CANCELLED": "Cancelled",
}


def game_state_text(fixture: FixtureView) -> str:
    """ "Live", "Late", "Result awaited", "Full time", "Annulled"; "" for a game that is still to come."""
    if fixture.result and fixture.result.annulled:
        return "Annulled"
    return GAME_STATE_TEXT.get(fixture.state) or FIXTURE_STATUS_TEXT[fixture.status_now]
