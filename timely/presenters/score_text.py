"""Text of scores and results: "2–1 (aet)", "1–1 (4–2 pens)", and the games played of all."""

from timely.domain.translation import gettext, lazy_pgettext, ngettext, pgettext
from timely.models.read_only import FixtureView
from timely.presenters.number_text import DASH
from timely.presenters.play_text import half_text, play_text

# Keys of a result's `extra`, with their notes.
IN_ANOTHER_WAY = (
    ("shootout", lazy_pgettext("decided by a shoot-out", "SO")),
    ("overtime", lazy_pgettext("decided in overtime", "OT")),
    ("extra_time", lazy_pgettext("after extra time", "aet")),
    ("cancelled", lazy_pgettext("game", "not played")),
)


def result_text(fixture: FixtureView) -> str:
    """ "Ashford Rovers 2–1 Cedar Park", or "" without a score."""
    score = score_text(fixture)
    return f"{fixture.home_name} {score} {fixture.away_name}" if score else ""


def score_text(fixture: FixtureView) -> str:
    """ "2–1", "1–1 (4–2 pens)", "2–1 (aet)", "½–½"; "" without a score."""
    result = fixture.result
    if not result:
        return ""
    note = decided_note(fixture)
    text = half_text if fixture.event.sport_kind.halves else str
    return f"{text(result.home_score)}{DASH}{text(result.away_score)}" + (f" ({note})" if note else "")


def number_text(fixture: FixtureView, number: int) -> str:
    """One side of the score; some sports count in half points."""
    return half_text(number) if fixture.event.sport_kind.halves else str(number)


def score_note(fixture: FixtureView) -> str:
    """The way in which the game was decided, and the scores of its sets, periods or innings: "OT; 21–18, 19–20, …"."""
    result = fixture.result
    if not result:
        return ""
    decided = "" if result.annulled else decided_note(fixture)  # "Annulled" is shown as the game's state
    play = play_text(result.extra) if result.extra else ""
    return f"{decided}; {play}" if decided and play else decided or play


def decided_note(fixture: FixtureView) -> str:
    """The way in which it was decided, if not in normal time: "4–2 pens", "aet", "OT", "SO", "Ash by lot"; else ""."""
    result = fixture.result
    if not result:
        return ""
    if result.annulled:
        return pgettext("result", "annulled")
    if result.decided == "none":
        return pgettext("team", "neither goes on")
    if result.decided:
        team = fixture.home_name if result.decided == "home" else fixture.away_name
        if result.decided_by == "lot":
            return gettext("%(team)s by lot", team=team)
        return gettext("%(team)s by ruling", team=team)
    if result.home_pens is not None and result.away_pens is not None:
        return pens_text(result.home_pens, result.away_pens)
    if result.extra:
        for key, word in IN_ANOTHER_WAY:
            if result.extra.get(key):
                return str(word)
    return ""


def pens_text(home: int | None, away: int | None) -> str:
    """ "4–2 pens"."""
    return pgettext("penalty shoot-out", "%(score)s pens", score=f"{home}{DASH}{away}")


def played_text(played: tuple[int, int]) -> str:
    """ "28 of 56 games"; "" without games."""
    if not played[1]:
        return ""
    return ngettext("%(played)s of %(num)s game", "%(played)s of %(num)s games", played[1], played=played[0])
