"""Words for where one game is played: a pitch, a court, a table or a board, by the sport."""

from dataclasses import dataclass

from timely.domain.translation import Text, lazy_pgettext
from timely.models.read_only import EventView


@dataclass(frozen=True, slots=True)
class PitchWords:
    """For one of them, for several, and for all of an event."""

    one: Text
    many: Text
    all_of_them: Text


WORDS = {
    "pitch": PitchWords(
        lazy_pgettext("football, hockey or rugby", "Pitch"),
        lazy_pgettext("football, hockey or rugby", "Pitches"),
        lazy_pgettext("football, hockey or rugby", "All pitches"),
    ),
    "court": PitchWords(
        lazy_pgettext("volleyball, basketball, badminton or handball", "Court"),
        lazy_pgettext("volleyball, basketball, badminton or handball", "Courts"),
        lazy_pgettext("volleyball, basketball, badminton or handball", "All courts"),
    ),
    "tennis court": PitchWords(
        lazy_pgettext("tennis", "Court"),
        lazy_pgettext("tennis", "Courts"),
        lazy_pgettext("tennis", "All courts"),
    ),
    "rink": PitchWords(
        lazy_pgettext("ice hockey", "Rink"),
        lazy_pgettext("ice hockey", "Rinks"),
        lazy_pgettext("ice hockey", "All rinks"),
    ),
    "table": PitchWords(
        lazy_pgettext("table tennis", "Table"),
        lazy_pgettext("table tennis", "Tables"),
        lazy_pgettext("table tennis", "All tables"),
    ),
    "dartboard": PitchWords(
        lazy_pgettext("darts", "Board"),
        lazy_pgettext("darts", "Boards"),
        lazy_pgettext("darts", "All boards"),
    ),
    "chessboard": PitchWords(
        lazy_pgettext("chess", "Board"),
        lazy_pgettext("chess", "Boards"),
        lazy_pgettext("chess", "All boards"),
    ),
}


def pitch_words(event: EventView) -> PitchWords:
    """The words of the event's sport, in the reader's language."""
    words = WORDS[event.sport_kind.played_on]
    return PitchWords(str(words.one), str(words.many), str(words.all_of_them))
