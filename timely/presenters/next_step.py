"""Suggested next steps of an event, and the buttons that change its status."""

from dataclasses import dataclass

from timely.domain.translation import gettext, lazy_pgettext, ngettext, pgettext
from timely.models.entrants import Entrant
from timely.models.read_only import EventView
from timely.queries.event_counts import EventCounts

STATUS_BUTTONS = {
    "PUBLISHED": (lazy_pgettext("an event", "Publish"), lazy_pgettext("an event", "Everybody may see it from now on")),
    "LIVE": (lazy_pgettext("an event", "Start"), lazy_pgettext("an event", "It is on: games begin by the clock")),
    "COMPLETED": (lazy_pgettext("an event", "Finish…"), lazy_pgettext("an event", "All has been played")),
    "CANCELLED": (lazy_pgettext("an event", "Call off…"), lazy_pgettext("an event", "The page stays and says so")),
    "DRAFT": (lazy_pgettext("an event", "Back to draft…"), lazy_pgettext("an event", "Only its organisers see it")),
}
BACK = {
    ("LIVE", "PUBLISHED"): lazy_pgettext("an event", "Not begun yet"),
    ("COMPLETED", "LIVE"): lazy_pgettext("an event", "Open again"),
    ("CANCELLED", "PUBLISHED"): lazy_pgettext("an event", "It takes place after all"),
}


def question_before(event: EventView, wanted: str) -> tuple[str, str, str] | None:
    """(question, consequence, button); None for a status change without confirmation."""
    if wanted == "COMPLETED":
        return (
            gettext("Finish %(event)s?", event=event.name),
            gettext("It is shown as finished, and no game goes on by the clock any more."),
            pgettext("an event", "Finish"),
        )
    if wanted == "CANCELLED":
        return (
            gettext("Call off %(event)s?", event=event.name),
            gettext("Everybody sees at once that it does not take place."),
            pgettext("an event", "Call off"),
        )
    if wanted == "DRAFT":
        return (
            gettext("Take %(event)s back to draft?", event=event.name),
            gettext("Its pages and its QR code answer nobody but its organisers, until it is published again."),
            pgettext("an event", "Back to draft"),
        )
    return None


@dataclass(frozen=True, slots=True)
class Step:
    """A suggested step: `endpoint` leads to its page, or a button sets the event's `status`."""

    title: str
    text: str
    button: str = ""
    endpoint: str = ""
    status: str = ""


def next_step(event: EventView, counts: EventCounts) -> Step | None:
    """The next step; None if only results are missing."""
    if event.status in ("COMPLETED", "CANCELLED"):
        return None
    if counts.teams < 2:
        return _who_plays(event.entrant)
    if not counts.arranged:
        return Step(
            gettext("Who meets whom?"),
            _how_many_are_ready(event.entrant, counts.teams),
            gettext("Choose the format"),
            "formats.index",
        )
    if event.status == "DRAFT":
        return Step(
            gettext("Ready for the public?"),
            gettext(
                "Only its organisers see this event so far. "
                "Once published, its page and its QR code work for everybody."
            ),
            pgettext("an event", "Publish"),
            status="PUBLISHED",
        )
    if counts.games and counts.played >= counts.games:
        return Step(
            gettext("All games are played."),
            gettext("Finish the event, and the table stands."),
            pgettext("an event", "Finish…"),
            status="COMPLETED",
        )
    if event.status == "PUBLISHED" and event.state in ("COMING", "NOW"):
        return Step(
            gettext("The day has come?"),
            gettext("Once started, games go on by the clock and the event is shown as on now."),
            gettext("Start the event"),
            status="LIVE",
        )
    return None


def _who_plays(entrant: Entrant) -> Step:
    title = gettext("Who plays?")
    if entrant.one == "pair":
        return Step(title, gettext("Paste the pairs, one a line."), gettext("Paste the pairs"), "teams.index")
    if entrant.one == "player":
        return Step(title, gettext("Paste the players, one a line."), gettext("Paste the players"), "teams.index")
    return Step(title, gettext("Paste the teams, one a line."), gettext("Paste the teams"), "teams.index")


def _how_many_are_ready(entrant: Entrant, number: int) -> str:
    if entrant.one == "pair":
        return ngettext(
            "%(num)s pair is ready. A league, groups, a knockout: look, then make it.",
            "%(num)s pairs are ready. A league, groups, a knockout: look, then make it.",
            number,
        )
    if entrant.one == "player":
        return ngettext(
            "%(num)s player is ready. A league, groups, a knockout: look, then make it.",
            "%(num)s players are ready. A league, groups, a knockout: look, then make it.",
            number,
        )
    return ngettext(
        "%(num)s team is ready. A league, groups, a knockout: look, then make it.",
        "%(num)s teams are ready. A league, groups, a knockout: look, then make it.",
        number,
    )


def status_buttons(event: EventView, steps: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """(status, button, meaning) for each status that may follow."""
    return [
        (status, str(BACK.get((event.status, status), STATUS_BUTTONS[status][0])), str(STATUS_BUTTONS[status][1]))
        for status in steps
    ]
