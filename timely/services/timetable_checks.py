"""Reports what a change by hand breaks in the timetable, before it is saved."""

from collections.abc import Iterable

from timely import fingerprint
from timely.domain.errors import ValidationError
from timely.domain.timetable import Violation, new_violations
from timely.extensions import db
from timely.models import Event
from timely.queries.listed_fixtures import listed_fixtures
from timely.queries.timetables import settings_of, timetable
from timely.services.errors import RuleBroken
from timely.services.slow_work import run_slow

# Accepts every violation: for a program, which has nobody to ask.
ANYWAY = "anyway"


class TimetableBroken(RuleBroken):
    """The change breaks the timetable; it is made all the same if its `fingerprint` is sent along."""

    def __init__(self, breaches: list[Violation]):
        super().__init__("", code="breaches")
        self.breaches = breaches
        self.fingerprint = fingerprint_of(breaches)

    @property
    def message(self) -> str:
        return " ".join(one.words for one in self.breaches)


class TimetableCheck:
    """The timetable before a change. Create it first in the transaction, and call `require` after all changes."""

    def __init__(self, event: Event) -> None:
        self.event = event
        # If nobody has set how long games are, that is estimated from the games before the change.
        recorded = listed_fixtures(event)
        self.settings = settings_of(event, recorded)
        self.before = timetable(event, self.settings, recorded)

    def require(self, accepted: str) -> list[Violation]:
        """The violations that the change causes although accepted, and mild ones, which nobody has to accept.

        *accepted* is the fingerprint of violations that somebody has seen, or ANYWAY. Raises TimetableBroken for
        others.
        """
        db.session.flush()
        after = timetable(self.event, self.settings)
        try:
            found = run_slow(new_violations, self.before.games, after.games, after.pitches, after.spacing)
        except ValidationError:
            return []  # such games make no timetable at all, so there is none to break
        firm = [one for one in found if not one.mild]
        if firm and accepted not in (ANYWAY, fingerprint_of(firm)):
            raise TimetableBroken(firm)
        return found


def fingerprint_of(breaches: Iterable[Violation]) -> str:
    return fingerprint.fingerprint([one.text for one in breaches])
