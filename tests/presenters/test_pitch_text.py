"""Where one game is played has the sport's own word."""

import pytest

from tests.conftest import get_event, sign_in
from timely.domain.sports import SPORTS
from timely.presenters.pitch_text import WORDS, pitch_words


@pytest.mark.parametrize("sport", SPORTS.values(), ids=lambda sport: sport.key)
def test_every_sport_is_played_somewhere(sport):
    assert sport.played_on in WORDS


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize(
    ("sport", "one", "many"),
    [
        ("football", "Pitch", "Pitches"),
        ("volleyball", "Court", "Courts"),
        ("table_tennis", "Table", "Tables"),
        ("darts", "Board", "Boards"),
        ("ice_hockey", "Rink", "Rinks"),
        ("conkers", "Pitch", "Pitches"),
    ],
)
def test_the_words_are_those_of_the_event(make_event, sport, one, many):
    words = pitch_words(get_event(make_event(sport=sport)))
    assert (words.one, words.many, words.all_of_them) == (one, many, f"All {many.lower()}")


def test_an_organisers_pages_say_it(app, client, admin, make_event):
    event_id = make_event(sport="tennis")
    sign_in(client, admin)
    page = client.get(f"/admin/events/{event_id}/pitches/").get_data(as_text=True)
    assert 'aria-current="page">Courts</a>' in page
    assert 'aria-current="page">Pitches</a>' not in page
