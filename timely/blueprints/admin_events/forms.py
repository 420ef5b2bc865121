"""Forms for an event's details, its deletion, and the import of a file."""

from datetime import date, timedelta

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, RadioField

from timely.domain.rulebooks import RULEBOOKS
from timely.domain.sports import SPORTS
from timely.domain.translation import current_language, gettext, lazy_gettext, lazy_pgettext, ngettext
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

USUAL = ("", lazy_gettext("The usual one of the sport"))
COUNTS = [
    ("PENDING", lazy_gettext("All that are entered, confirmed or not")),
    ("VERIFIED", lazy_gettext("Verified and final ones")),
    ("FINAL", lazy_gettext("Final ones only")),
]


ENTRANTS = [
    ("team", lazy_gettext("Teams")),
    ("pair", lazy_gettext("Pairs")),
    ("person", lazy_gettext("Single persons")),
]


class EventForm(BaseForm):
    """The choices of `sport` and `rulebook` are set by `for_event`."""

    name = text(lazy_gettext("Name"), 120, required=lazy_gettext("Give the event a name."))
    sport = ChoiceField(lazy_gettext("Sport"))
    season = text(lazy_gettext("Season or class"), 40)
    entrants = ChoiceField(lazy_gettext("Who enters"), ENTRANTS, default="team")
    starts_on = DayField(lazy_gettext("First day"))
    ends_on = DayField(lazy_gettext("Last day"))
    place = text(lazy_pgettext("where an event is", "Place"), 120)
    timezone = TimezoneField(
        lazy_gettext("Time zone"), render_kw={"list": "timezones", "autocomplete": "off", "data-zone": "show"}
    )
    rulebook = ChoiceField(lazy_gettext("Rulebook"))
    counts_from = ChoiceField(lazy_gettext("Which results count in the table"), COUNTS)
    second_person = BooleanField(lazy_gettext("A result is verified by somebody else than who entered it"))
    details = lines(lazy_gettext("Details"), 4000)
    language = ChoiceField(lazy_gettext("Language"))
    accent = ColourField(lazy_gettext("Colour"), render_kw={"list": "colours", "autocomplete": "off"})
    visibility = RadioField(
        lazy_gettext("Who may see it once it is published"),
        choices=options(
            [("public", lazy_gettext("Everybody")), ("private", lazy_gettext("Whoever has the private link"))]
        ),
        default="public",
    )
    # Shown only if the first day moves and games would be left on other days.
    games = RadioField(lazy_gettext("What becomes of the games?"), choices=[], validate_choice=False)
    version = VersionField()

    def ask_for_games(self, left: LeftBehind, starts_on: date) -> None:
        """Offers to move the games along or to leave them; adds an error until the user has chosen."""
        by = (starts_on - left.moved_from).days
        first, last = left.first + timedelta(days=by), left.last + timedelta(days=by)
        was = span_text(left.first, left.last)
        goes = ngettext(
            "The game goes along: %(was)s becomes %(becomes)s",
            "The %(num)s games go along: %(was)s becomes %(becomes)s",
            left.games,
            was=was,
            becomes=span_text(first, last),
        )
        stays = ngettext("The game stays on %(was)s", "The %(num)s games stay on %(was)s", left.games, was=was)
        self.games.choices = options([("move", goes), ("stay", stays)])
        if self.games.data not in ("move", "stay"):
            self.games.data = "move"
            fault = gettext("The event moves. Look at what becomes of its games, and save.")
            self.games.errors = [*self.games.errors, fault]

    def for_event(self, event: Event | None) -> None:
        """Sets the choices that fit: an imported event may have a sport or rules that are in no list."""
        self.language.offer(languages().choices())
        # A form of before there were languages does not send one.
        self.language.data = self.language.data or (event.language if event else current_language().code)
        sports = [(sport.key, gettext(sport.name)) for sport in SPORTS.values()]
        if event is None:
            self.sport.offer(sports)
            self.rulebook.offer([USUAL, *((book.key, gettext(book.name)) for book in RULEBOOKS.values())])
            return
        if event.sport not in SPORTS:
            sports.insert(0, (event.sport, event.sport.replace("_", " ").capitalize()))
        self.sport.offer(sports)
        books = [(book.key, gettext(book.name)) for book in fitting(event.sport_kind)]
        if has_own_rules(event):
            books.insert(0, (OWN, gettext("Its own rules")))
        elif event.rulebook not in dict(books):
            books.insert(0, (event.rulebook, gettext(RULEBOOKS[event.rulebook].name)))
        # The sport may be changed in the same form; a rulebook that does not fit is refused with an explanation.
        books += [(book.key, gettext(book.name)) for book in RULEBOOKS.values() if book.key not in dict(books)]
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

    name = text(lazy_gettext("Type the event's name"), 120)


class ImportForm(BaseForm):
    file = FileField(
        lazy_gettext("Event file"),
        [FileRequired(lazy_gettext("Choose a file."))],
        render_kw={"accept": ".json,application/json"},
    )
