"""The form that says how late a pitch runs; the dashboard has its short form."""

from collections.abc import Iterable

from timely.domain.translation import Text, gettext, lazy_gettext
from timely.models import Event
from timely.models.read_only import FixtureView
from timely.presenters.pitch_text import pitch_words
from timely.services import delays
from timely.web.fields import BaseForm, ChoiceField, WholeNumberField


class LateForm(BaseForm):
    """`pitch` is a pitch's id or "" for all, `since` a fixture's id or "" for the next one."""

    pitch = ChoiceField(lazy_gettext("Which pitch"))
    minutes = WholeNumberField(lazy_gettext("Minutes late"), 1, delays.MOST_MINUTES)
    pitch_word: Text = ""  # that of the sport, for the short form
    since = ChoiceField(
        lazy_gettext("From which game on"), default=""
    )  # the dashboard's short form does not ask for it

    def for_event(self, event: Event, games: Iterable[tuple[FixtureView, str]]) -> None:
        words = pitch_words(event)
        self.pitch_word = words.one
        self.pitch.offer([*((str(pitch.id), pitch.name) for pitch in event.pitches), ("", str(words.all_of_them))])
        self.since.offer([("", gettext("The next game")), *((str(game.id), title) for game, title in games)])


def late_form(event: Event) -> LateForm:
    """The dashboard's short form: a pitch and the minutes, from its next game on."""
    form = LateForm(None, meta={"csrf": False})
    form.for_event(event, ())
    return form
