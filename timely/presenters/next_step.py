"""Suggested next steps of an event, and the buttons that change its status."""

from dataclasses import dataclass

from timely.models.read_only import EventView
from timely.queries.event_counts import EventCounts

STATUS_BUTTONS = {
    "PUBLISHED": ("Publish", "Everybody may see it from now on"),
    "LIVE": ("Start", "It is on: games begin by the clock"),
    "COMPLETED": ("Finish…", "All has been played"),
    "CANCELLED": ("Call off…", "The page stays and says so"),
    "DRAFT": ("Back to draft…", "Only its organisers see it"),
}
BACK = {
    ("LIVE", "PUBLISHED"): "Not begun yet",
    ("COMPLETED", "LIVE"): "Open again",
    ("CANCELLED", "PUBLISHED"): "It takes place after all",
}
# (question, consequence) for status changes that need confirmation.
QUESTIONS = {
    "COMPLETED": ("Finish {name}?", "It is shown as finished, and no game goes on by the clock any more."),
    "CANCELLED": ("Call off {name}?", "Everybody sees at once that it does not take place."),
    "DRAFT": (
        "Take {name} back to draft?",
        "Its pages and its QR code answer nobody but its organisers, until it is published again.",
    ),
}


def question_before(event: EventView, wanted: str) -> tuple[str, str, str] | None:
    """(question, consequence, button); None for a status change without confirmation."""
    found = QUESTIONS.get(wanted)
    return (found[0].format(name=event.name), found[1], STATUS_BUTTONS[wanted][0].rstrip("…")) if found else None


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
        who = event.entrant.many
        return Step("Who plays?", f"Paste the {who}, one a line.", f"Paste the {who}", "teams.index")
    if not counts.arranged:
        return Step(
            "Who meets whom?",
            f"{event.entrant.count(counts.teams)} are ready. A league, groups, a knockout: look, then make it.",
            "Choose the format",
            "formats.index",
        )
    if event.status == "DRAFT":
        return Step(
            "Ready for the public?",
            "Only its organisers see this event so far. Once published, its page and its QR code work for everybody.",
            "Publish",
            status="PUBLISHED",
        )
    if counts.games and counts.played >= counts.games:
        return Step("All games are played.", "Finish the event, and the table stands.", "Finish…", status="COMPLETED")
    if event.status == "PUBLISHED" and event.state in ("COMING", "NOW"):
        return Step(
            "The day has come?",
            "Once started, games go on by the clock and the event is shown as on now.",
            "Start the event",
            status="LIVE",
        )
    return None


def status_buttons(event: EventView, steps: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """(status, button, meaning) for each status that may follow."""
    return [
        (status, BACK.get((event.status, status), STATUS_BUTTONS[status][0]), STATUS_BUTTONS[status][1])
        for status in steps
    ]
