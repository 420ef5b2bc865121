"""Sections of the results desk, and which of them a fixture belongs to."""

from timely.domain.game_states import AWAITED, LATE, NOW, POSTPONED, SCHEDULED
from timely.domain.translation import lazy_pgettext
from timely.models.read_only import FixtureView

# The desk's section for a game without a final score, by its state.
PARTS = {NOW: "now", AWAITED: "due", SCHEDULED: "coming", LATE: "coming"}
SECTIONS = (
    ("now", lazy_pgettext("games on the results desk", "On now")),
    ("due", lazy_pgettext("games on the results desk", "Result awaited")),
    ("pending", lazy_pgettext("games on the results desk", "To be confirmed")),
    ("coming", lazy_pgettext("games on the results desk", "Coming")),
    ("done", lazy_pgettext("games on the results desk", "Done")),
)


def section_of(fixture: FixtureView) -> str:
    """The desk's section that the game belongs to."""
    result = fixture.result
    if fixture.state == AWAITED and None in (fixture.home_team_id, fixture.away_team_id):
        return "coming"  # it waits for other results, not for its own
    if fixture.state in PARTS:
        return PARTS[fixture.state]
    if result is not None:
        return "done" if result.status == "FINAL" else "pending"
    return "coming" if fixture.state == POSTPONED else "done"
