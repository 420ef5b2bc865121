"""Forms for an event's details, its deletion, and the import of a file."""

from datetime import date, timedelta

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField

from timely.domain.rulebooks import RULEBOOKS
from timely.domain.sports import SPORTS
from timely.languages.available import languages
from timely.models import Event
from timely.presenters.date_text import day_text
from timely.queries.rulebooks import book_of
from timely.services.events import EventDetails
from timely.services.moved_days import LeftBehind
from timely.services.rulebooks import OWN, fitting
from timely.web.fields import (
    BaseForm,
    ChoiceField,
    ColourField,
    DayField,
    TimezoneField,
    VersionField,
    lines,
    options,
    text,
)

USUAL = ("", "The usual one of the sport")
COUNTS = [
    ("PENDING", "All that are entered, confirmed or not"),
    ("VERIFIED", "Verified and final ones"),
    ("FINAL", "Final ones only"),
]


ENTRANTS = [("team", "Teams"), ("pair", "Pairs"), ("person", "Single persons")]


class EventForm(BaseForm):
    """The choices of `sport` and `rulebook` are set by `for_event`."""

    name = text("Name", 120, required="Give the event a name.")
    sport = ChoiceField("Sport")
    season = text("Season or class", 40)
    entrants = ChoiceField("Who enters", ENTRANTS, default="team")
    starts_on = DayField("First day")
    ends_on = DayField("Last day")
    place = text("Place", 120)
    timezone = TimezoneField("Time zone", render_kw={"list": "timezones", "autocomplete": "off", "data-zone": "show"})
    rulebook = ChoiceField("Rulebook")
    counts_from = ChoiceField("Which results count in the table", COUNTS)
    second_person = BooleanField("A result is verified by somebody else than who entered it")
    details = lines("Details", 4000)
    language = ChoiceField("Language")
    accent = ColourField("Colour", render_kw={"list": "colours", "autocomplete": "off"})
    visibility = RadioField(
        "Who may see it once it is published",
        choices=options([("public", "Everybody"), ("private", "Whoever has the private link")]),
        default="public",
    )
    # Shown only if the first day moves and games would be left on other days.
    games = RadioField("What becomes of the games?", choices=[], validate_choice=False)
    version = VersionField()

    def ask_for_games(self, left: LeftBehind, starts_on: date) -> None:
        """Offers to move the games along or to leave them; adds an error until the user has chosen."""
        by = (starts_on - left.moved_from).days
        count = "The game" if left.games == 1 else f"The {left.games} games"
        first, last = left.first + timedelta(days=by), left.last + timedelta(days=by)
        goes, stays = ("goes", "stays") if left.games == 1 else ("go", "stay")
        self.games.choices = options(
            [
                ("move", f"{count} {goes} along: {span_text(left.first, left.last)} becomes {span_text(first, last)}"),
                ("stay", f"{count} {stays} on {span_text(left.first, left.last)}"),
            ]
        )
        if self.games.data not in ("move", "stay"):
            self.games.data = "move"
            self.games.errors = [*self.games.errors, "The event moves. Look at what becomes of its games, and save."]

    def for_event(self, event: Event | None) -> None:
        """Sets the choices that fit: an imported event may have a sport or rules that are in no list."""
        self.language.offer(languages().choices())
        sports = [(sport.key, sport.name) for sport in SPORTS.values()]
        if event is None:
            self.sport.offer(sports)
            self.rulebook.offer([USUAL, *((book.key, book.name) for book in RULEBOOKS.values())])
            return
        if event.sport not in SPORTS:
            sports.insert(0, (event.sport, event.sport.replace("_", " ").capitalize()))
        self.sport.offer(sports)
        books = [(book.key, book.name) for book in fitting(event.sport_kind)]
        if has_own_rules(event):
            books.insert(0, (OWN, "Its own rules"))
        elif event.rulebook not in dict(books):
            books.insert(0, (event.rulebook, RULEBOOKS[event.rulebook].name))
        # The sport may be changed in the same form; a rulebook that does not fit is refused with an explanation.
        books += [(book.key, book.name) for book in RULEBOOKS.values() if book.key not in dict(books)]
        self.rulebook.offer([*books, USUAL])

    def event_details(self) -> EventDetails:
        names = (name for name in EventDetails.__dataclass_fields__)
        return EventDetails(**{name: self[name].data for name in names})


def has_own_rules(event: Event) -> bool:
    """Whether the event's rules are not those of a rulebook."""
    return book_of(event) is None


def span_text(first: date, last: date) -> str:
    return day_text(first) if first == last else f"{day_text(first)} – {day_text(last)}"


class DeleteForm(BaseForm):
    """`name` is required once there are results."""

    name = text("Type the event's name", 120)


class ImportForm(BaseForm):
    file = FileField("Event file", [FileRequired("Choose a file.")], render_kw={"accept": ".json,application/json"})
