"""`/admin/events/<id>/rules/own/`: rules built by the form, and the order of their tie-breakers."""

import html
import re

import pytest

from tests.blueprints.test_rules import (
    event_id_fixture,  # noqa: F401  (used by name)
    fields,
    page_of,
    sent,
    text_of,
)
from tests.conftest import get_event, sign_in
from timely.blueprints.rules.tiebreaker_order import by_numbers
from timely.domain.rulebooks import RULEBOOKS


def listed(page, name="order"):
    return re.findall(rf'<input type="hidden" name="{name}" value="(\w+)">', page)


def test_own_rules_are_taken_as_they_were_seen(app, client, event_id):
    preview = page_of(sent(client, event_id, win="2", yellow="-1", order__goals_for="2"))
    form = next(one for one in re.findall(r"<form.*?</form>", preview, re.DOTALL) if "Take these rules" in one)
    data = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form):
        data.setdefault(name, []).append(html.unescape(value))
    answer = client.post(f"/admin/events/{event_id}/rules/own/", data=data | {"take": "1"})
    assert answer.status_code == 302
    with app.app_context():
        event = get_event(event_id)
        assert event.rulebook == ""
        assert event.order_rules.win == 2
        assert event.order_rules.fair_play_points["yellow"] == -1
        assert event.order_rules.tiebreakers[:3] == ("points", "goals_for", "goal_difference")
    page = page_of(client.get(f"/admin/events/{event_id}/rules/own/"))
    assert listed(page)[:3] == ["points", "goals_for", "goal_difference"]
    back = client.post(f"/admin/events/{event_id}/rules/own/", data=data | {"again": "1"})
    assert dict(fields(page_of(back)))["win"] == "2"


def test_every_book_goes_through_the_form_unchanged(app, client, event_id):
    """What the form does not show it must not lose."""
    for key, book in RULEBOOKS.items():
        if book.rules.scoring != "goals":
            continue
        path = f"/admin/events/{event_id}/rules/own/?from={key}"
        page = page_of(client.get(path))
        with app.app_context():
            version = str(get_event(event_id).version)
        answer = sent(client, event_id, page, take="1", version=version)
        assert answer.status_code == 302, (key, text_of(answer))
        with app.app_context():
            assert get_event(event_id).order_rules == book.rules, key


def test_a_sport_of_sets_has_its_points_by_sets(app, client, admin, make_event):
    sign_in(client, admin)
    event_id = make_event(sport="volleyball", matches=[], name="Beach Day")
    path = f"/admin/events/{event_id}/rules/own/?from=volleyball-best-of-three"
    page = page_of(client.get(path))
    assert "2-1: 2" in page
    with app.app_context():
        version = str(get_event(event_id).version)
    typed = "2–0: 4\n\n2 - 1 : 2\n1-2: 1\n0-2: 0"
    assert sent(client, event_id, page, by_sets=typed, take="1", version=version).status_code == 302
    with app.app_context():
        assert get_event(event_id).order_rules.by_sets == {"2-0": 4, "2-1": 2, "1-2": 1, "0-2": 0}


@pytest.mark.parametrize(
    ("pressed", "expected"),
    [
        ("up goal_difference", ["goal_difference", "points", "goals_for"]),
        ("down points", ["goal_difference", "points", "goals_for"]),
        ("up points", ["points", "goal_difference", "goals_for"]),
        ("remove points", ["goal_difference", "goals_for"]),
        ("remove nonsense", ["points", "goal_difference", "goals_for"]),
        ("dance points", ["points", "goal_difference", "goals_for"]),
    ],
)
def test_buttons_move_the_criteria_and_save_nothing(app, client, event_id, pressed, expected):
    start = {"order": ["points", "goal_difference", "goals_for"], "order__points": "1", "order__goal_difference": "2"}
    answer = sent(client, event_id, **start, order__goals_for="3", win="oops", order__do=pressed)
    assert answer.status_code == 200
    assert listed(page_of(answer)) == expected
    assert 'value="oops"' in page_of(answer)  # what was typed stays
    with app.app_context():
        assert get_event(event_id).rulebook == "fifa-2022"


def test_a_criterion_is_added_once(client, event_id):
    page = page_of(sent(client, event_id, order__do="add", order__add="wins"))
    assert listed(page)[-1] == "wins"
    assert listed(page_of(sent(client, event_id, order__do="add", order__add="points"))).count("points") == 1
    assert listed(page_of(sent(client, event_id, order__do="add", order__add="group_position"))) == listed(
        page_of(client.get(f"/admin/events/{event_id}/rules/own/"))
    )


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, 2, 3, 4], "ABCD"),
        ([1, 2, 3, 1], "DABC"),
        ([4, 2, 3, 4], "BCDA"),
        ([1, 4, 3, 4], "ACDB"),
        ([4, 3, 2, 1], "DCBA"),
        ([1, 2, 3, 99], "ABCD"),
        ([1, 1, 1, 1], "BCDA"),
    ],
)
def test_numbers_are_an_alternative_to_the_buttons(numbers, expected):
    if numbers == [1, 1, 1, 1]:
        expected = "BCDA"  # all three asked to come before the first
    assert "".join(by_numbers("ABCD", numbers)) == expected


def test_another_order_while_running_is_asked_for(app, client, event_id):
    first = sent(client, event_id, has_running="y")
    assert first.status_code == 200
    page = page_of(first)
    assert "What decides while games are to come" in page
    assert listed(page, "running") == listed(page)
    with app.app_context():
        version = str(get_event(event_id).version)
    data = {"running": ["points", "goals_for"], "running__points": "1", "running__goals_for": "2"}
    assert sent(client, event_id, page, **data, take="1", version=version).status_code == 302
    with app.app_context():
        assert get_event(event_id).order_rules.tiebreakers_while_running == ("points", "goals_for")
    shown = text_of(client.get(f"/admin/events/{event_id}/rules/"))
    assert "While games are to come: points, then goals scored." in shown


GARBAGE = {
    "win": ["", "x", "101", "1e9", "１"],
    "draw": ["-101"],
    "overtime_win": ["two"],
    "try_threshold": ["0"],
    "losing_margin": ["100"],
    "head_to_head_restart": ["often"],
    "yellow": ["-1.5"],
    "walkover_won": ["100"],
    "withdrawal": ["run"],
    "annul_below": ["101"],
    "set_to": ["0"],
    "set_cap": ["5"],
    "order": [[]],
    "order__points": ["", "x", "1000", "-1"],
    "walkover_lost": ["3"],
}


@pytest.mark.parametrize(("field", "value"), [(name, value) for name, values in GARBAGE.items() for value in values])
def test_garbage_gets_a_word_beside_it_and_stays(app, client, event_id, field, value):
    answer = sent(client, event_id, **{field: value})
    page = page_of(answer)
    assert answer.status_code == 422
    assert "field-error" in page
    assert "Not saved yet" in page
    if isinstance(value, str) and field not in ("head_to_head_restart", "withdrawal"):
        assert (field.replace("__", "-"), value) in fields(page)
    with app.app_context():
        assert get_event(event_id).rulebook == "fifa-2022"


@pytest.mark.parametrize("typed", ["3-2", "3-2: x", "2-2: 1", "3-2: 1\n3-2: 2", "a-b: 2", "03-2: 2", "3-2: 9999"])
def test_points_by_sets_that_make_no_sense(client, admin, make_event, typed):
    sign_in(client, admin)
    event_id = make_event(sport="volleyball", matches=[])
    answer = sent(client, event_id, by_sets=typed)
    assert answer.status_code == 422
    assert re.search(r'id="by_sets-error"', page_of(answer))
    assert typed.split("\n")[0] in page_of(answer)


def test_two_tabs_that_write_rules_of_their_own(app, client, event_id):
    here = f"/admin/events/{event_id}/rules/own/"
    drawn = page_of(client.get(here))
    with app.app_context():
        version = str(get_event(event_id).version)
    assert sent(client, event_id, drawn, win="4", take="1", version=version).status_code == 302
    answer = sent(client, event_id, drawn, win="5", show="1")
    assert answer.status_code == 409
    lines = re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td>', page_of(answer))
    assert lines == [("A win", "4", "5")]
    # "Save mine instead" shows what that would change, as ever.
    again = re.findall(
        r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', page_of(answer).split("Which one is right?")[1]
    )
    pairs = [(name, html.unescape(value)) for name, value in again]
    mine = client.post(here, data={name: [value for other, value in pairs if other == name] for name, _ in pairs})
    assert "5 points for a win" in text_of(mine)
    assert "Nothing is saved yet" in text_of(mine)


def test_a_walkover_has_both_scores_or_none(client, event_id):
    answer = sent(client, event_id, walkover_won="3")
    assert answer.status_code == 422
    assert "Type both scores of a walkover, or neither." in page_of(answer)
