"""What an event needs next, in the words of somebody who has done it before."""

from dataclasses import dataclass

from timely.models import Event

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
# The question, and what everybody sees then, for steps that are not taken without being asked.
QUESTIONS = {
    "COMPLETED": ("Finish {name}?", "It is shown as finished, and no game goes on by the clock any more."),
    "CANCELLED": ("Call off {name}?", "Everybody sees at once that it does not take place."),
    "DRAFT": (
        "Take {name} back to draft?",
        "Its pages and its QR code answer nobody but its organisers, until it is published again.",
    ),
}


def question_before(event: Event, wanted: str) -> tuple[str, str, str] | None:
    """(question, what follows, button); None for a step that is taken at once."""
    found = QUESTIONS.get(wanted)
    return (found[0].format(name=event.name), found[1], STATUS_BUTTONS[wanted][0].rstrip("…")) if found else None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: `endpoint` leads to its page, or `status` is what one button makes of the event."""

    title: str
    text: str
    button: str = ""
    endpoint: str = ""
    status: str = ""


def next_step(event: Event, played: int, games: int) -> Step | None:
    """What to do next; None where nothing is asked of the organiser but results. *games* are those still counted."""
    if event.status in ("COMPLETED", "CANCELLED"):
        return None
    if len(event.teams) < 2:
        who = event.entrant.many
        return Step("Who plays?", f"Paste the {who}, one a line.", f"Paste the {who}", "teams.index")
    if not event.fixtures:
        return Step(
            "Who meets whom?",
            f"{event.entrant.count(len(event.teams))} are ready. A league, groups, a knockout: look, then make it.",
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
    if games and played >= games:
        return Step("All games are played.", "Finish the event, and the table stands.", "Finish…", status="COMPLETED")
    if event.status == "PUBLISHED" and event.state in ("COMING", "NOW"):
        return Step(
            "The day has come?",
            "Once started, games go on by the clock and the event is shown as on now.",
            "Start the event",
            status="LIVE",
        )
    return None


def status_buttons(event: Event, steps: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """(status, button, what it means) for each step that may follow."""
    return [
        (status, BACK.get((event.status, status), STATUS_BUTTONS[status][0]), STATUS_BUTTONS[status][1])
        for status in steps
    ]
