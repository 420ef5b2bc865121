"""Refusals of services, in the language of whoever is told of them."""

from gettext import NullTranslations

from timely.domain.timetable import Violation
from timely.domain.translation import Language, in_language, lazy_gettext
from timely.services.advancement import NeedsRuling, WrongGame
from timely.services.errors import NotAllowed, RuleBroken
from timely.services.timetable_checks import TimetableBroken, fingerprint_of


class Bracketed(NullTranslations):
    def gettext(self, message: str) -> str:
        return f"[{message}]"


BRACKETED = Language("xb", Bracketed())


def test_a_refusal_is_in_the_language_of_whoever_reads_it():
    broken = RuleBroken(lazy_gettext("Choose a team."), field="team")
    refused = NotAllowed(lazy_gettext("Not here."))
    assert (str(broken), broken.message, broken.fields) == (
        "Choose a team.",
        "Choose a team.",
        {"team": broken.message},
    )
    with in_language(BRACKETED):
        assert (str(broken), broken.fields) == ("[Choose a team.]", {"team": "[Choose a team.]"})
        assert (str(refused), refused.message) == ("[Not here.]", "[Not here.]")
    assert RuleBroken("Choose.").fields == {}


def test_a_needed_ruling_names_its_games():
    needed = NeedsRuling([WrongGame(1, "F1", ("Ash", "Birch"), "Ash", "Elm"), WrongGame(2, "F2", ("A", "B"), "C", "D")])
    assert (
        str(needed)
        == needed.message
        == (
            "This changes who should have played: F1, played by Ash – Birch, should be Ash – Elm; F2, played by A – B, "
            "should be C – D. Choose what becomes of it on the game's page."
        )
    )


def test_what_breaks_a_timetable_has_the_same_fingerprint_in_every_language():
    breaches = [Violation("pitch", ("1",), lazy_gettext("Taken.")), Violation("rest", ("2",), lazy_gettext("Tired."))]
    assert str(TimetableBroken(breaches)) == "Taken. Tired."
    with in_language(BRACKETED):
        assert str(TimetableBroken(breaches)) == "[Taken.] [Tired.]"
        told = fingerprint_of(breaches)
    assert told == fingerprint_of(breaches)
