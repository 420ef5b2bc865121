"""What the timetable says, in the language of whoever reads it."""

from datetime import UTC, datetime
from gettext import NullTranslations

from tests.domain.timetable.days import game, league, pitch, team
from timely.domain.timetable import Booking, Game, Hours, Pitch, Side, Spacing, lay_out, shift, violations
from timely.domain.translation import Language, in_language, lazy_gettext

GERMAN = {
    "%(team)s plays %(place)s and %(other_place)s.": "%(team)s spielt %(place)s und %(other_place)s.",
    "Winner SF1": "Sieger HF1",
    "Winner SF2": "Sieger HF2",
    "Loser SF1": "Verlierer HF1",
    "on %(pitch)s at %(time)s": "auf %(pitch)s um %(time)s",
    "%(weekday)s %(day)s %(month)s %(time)s": "%(weekday)s, %(day)s. %(month)s %(time)s",
    "%(team)s is rested at %(time)s, too late before %(closing)s.": (
        "%(team)s ruht bis %(time)s, zu spät für %(closing)s."
    ),
}
WORDS = {"Sun": "So", "Mon": "Mo", "Dec": "Dez"}


class German(NullTranslations):
    def gettext(self, message: str) -> str:
        return GERMAN.get(message, message)

    def pgettext(self, context: str, message: str) -> str:
        return WORDS.get(message, message)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=UTC)


def test_a_violation_is_worded_when_it_is_read():
    hours = (Hours(at(6, 9), at(6, 18)), Hours(at(7, 9), at(7, 18)))
    pitches = [Pitch(1, "Pitch 1", hours, "UTC"), Pitch(2, "Pitch 2", hours, "UTC")]
    games = [
        game("1", "Ash", "Birch", booking=Booking(1, at(6, 10))),
        game("2", "Ash", "Cedar", booking=Booking(2, at(6, 10, 5))),
    ]
    (found,) = violations(games, pitches, Spacing())
    assert found.words == "Ash plays on Pitch 1 at Sun 6 Dec 10:00 and on Pitch 2 at Sun 6 Dec 10:05."
    with in_language(Language("de", German())):
        assert found.words == "Ash spielt auf Pitch 1 um So, 6. Dez 10:00 und auf Pitch 2 um So, 6. Dez 10:05."
    assert violations(games, pitches, Spacing()) == [found]


def test_why_a_game_has_no_place_is_worded_when_it_is_read():
    layout = lay_out(league(["Ash", "Birch", "Cedar", "Dill"]), [pitch(1, closes="09:40")], Spacing())
    with in_language(Language("de", German())):
        said = {one.why for one in layout.missing}
    assert "Birch ruht bis 09:40, zu spät für 09:40." in said
    assert not said & {one.why for one in layout.missing}


def test_open_sides_are_told_alike_in_every_language():
    """Their names are texts that no comparison knows, and another order of names must not change what moves."""

    def moved() -> list[str]:
        first = Side(lazy_gettext("Winner SF1"), None, frozenset(("Ash", "Birch")), "SF1")
        second = Side(lazy_gettext("Winner SF2"), None, frozenset(("Ash", "Birch")), "SF2")
        third = Side(lazy_gettext("Loser SF1"), None, frozenset(("Ash", "Birch")), "SF3")
        games = [
            game("1", "Ash", "Cedar", booking=Booking(1, at(6, 10))),
            Game("2", 20, first, team("Dill"), "Women", booking=Booking(2, at(6, 10, 30))),
            Game("3", 20, second, third, "Men", booking=Booking(2, at(6, 11))),
        ]
        hours = (Hours(at(6, 9), at(6, 18)),)
        pitches = [Pitch(1, "Pitch 1", hours, "UTC"), Pitch(2, "Pitch 2", hours, "UTC")]
        found = shift(games, pitches, Spacing(0, 10), since=at(6, 9), minutes=60, pitch=1)
        return [f"{one.game} {one.after.start_at} {one.why}" for one in found.moves]

    told = moved()
    assert "2 2026-12-06 11:30:00+00:00 Ash, who could be Winner SF1, is in Ash – Cedar" in told[1]
    with in_language(Language("de", German())):
        again = moved()
    assert "Sieger HF1" in again[1]
    assert [one.split(" Ash")[0] for one in again] == [one.split(" Ash")[0] for one in told]
