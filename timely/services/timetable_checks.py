"""Names what a change by hand breaks in the timetable, before it is saved."""

from collections.abc import Iterable

from timely import fingerprint
from timely.domain.errors import ValidationError
from timely.domain.timetable import Violation, new_violations
from timely.extensions import db
from timely.models import Event
from timely.queries.timetables import settings_of, timetable
from timely.services.errors import RuleBroken

# Whatever it breaks, it is meant: what a program says that has nobody to ask.
ANYWAY = "anyway"


class Breaks(RuleBroken):
    """The change breaks the timetable; done all the same if its `mark` is sent along."""

    def __init__(self, breaches: list[Violation]):
        super().__init__(" ".join(one.words for one in breaches), code="breaches")
        self.breaches = breaches
        self.mark = mark_of(breaches)


class Watched:
    """The timetable before a change. Make it first thing in the deed, and ask `require` when all is changed."""

    def __init__(self, event: Event) -> None:
        self.event = event
        # Where nobody has said how long games are, the games as they stood say it.
        self.settings = settings_of(event)
        self.before = timetable(event, self.settings)

    def require(self, accepted: str) -> list[Violation]:
        """What the change breaks although it was accepted, and mild remarks, which nobody has to accept.

        *accepted* is the mark of the breaches that somebody has seen, or ANYWAY. Raises Breaks for all others.
        """
        db.session.flush()
        after = timetable(self.event, self.settings)
        try:
            found = new_violations(self.before.games, after.games, after.pitches, after.spacing)
        except ValidationError:
            return []  # games that cannot be meant at all: there is no timetable to be broken
        firm = [one for one in found if not one.mild]
        if firm and accepted not in (ANYWAY, mark_of(firm)):
            raise Breaks(firm)
        return found


def mark_of(breaches: Iterable[Violation]) -> str:
    return fingerprint.fingerprint([one.words for one in breaches])
