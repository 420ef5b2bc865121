"""`/admin/events/<id>/rules/`: a rulebook chosen or an own one built, looked at before it is taken."""

import html
import re

import pytest

from tests.blueprints.pressing import press
from tests.conftest import get_event, make_user, sign_in, unwrapped
from timely.blueprints.rules.tiebreaker_order import by_numbers
from timely.domain.rulebooks import RULEBOOKS
from timely.services import results
from timely.services.results import Score

MATCHES = [
    {"home": "Ash", "away": "Birch", "home_score": 1, "away_score": 0},
    {"home": "Cedar", "away": "Ash", "home_score": 1, "away_score": 0},
    {"home": "Birch", "away": "Cedar", "home_score": 5, "away_score": 0},
    {"home": "Dogwood", "away": "Cedar", "date": "2026-11-28"},
]


@pytest.fixture
def event_id(app, client, admin, make_event):
    sign_in(client, admin)
    return make_event(matches=MATCHES, rulebook="fifa-2022")


def page_of(answer):
    return answer.get_data(as_text=True)


def text_of(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page_of(answer))).split())


def fields(page):
    """What the form on the page would send if nothing were touched."""
    form = page[page.index("own-rules") :].split("</form>")[0]
    found = []
    for tag in re.findall(r"<input[^>]*>", form):
        kind = re.search(r'type="(\w+)"', tag)[1]
        name = re.search(r'name="([^"]+)"', tag)
        value = html.unescape((re.search(r'value="([^"]*)"', tag) or [None, ""])[1])
        if name and (kind not in ("radio", "checkbox") or "checked" in tag):
            found.append((name[1], value))
    for name, text in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        found.append((name, html.unescape(text).strip()))
    for name, options in re.findall(r'<select[^>]*name="([\w-]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option selected[^>]*value="([^"]*)"', options) or re.search(r'value="([^"]*)"', options)
        found.append((name, chosen[1]))
    return found


def sent(client, event_id, page=None, **changed):
    """Posts the form of own rules as it stands on *page*, with *changed*; a value of None is not sent."""
    base = fields(page or page_of(client.get(f"/admin/events/{event_id}/rules/own/")))
    data = {}
    for name, value in base:
        data.setdefault(name, []).append(value)
    data |= {name.replace("__", "-"): value for name, value in changed.items()}
    return client.post(
        f"/admin/events/{event_id}/rules/own/", data={key: value for key, value in data.items() if value is not None}
    )


def listed(page, name="order"):
    return re.findall(rf'<input type="hidden" name="{name}" value="(\w+)">', page)


def test_every_book_that_fits_stands_there_with_source_and_order(client, event_id):
    page = unwrapped(page_of(client.get(f"/admin/events/{event_id}/rules/")))
    for book in RULEBOOKS.values():
        fits = book.rules.scoring == "goals"
        assert (f'value="{book.key}"' in page) is fits, book.key
        assert (html.escape(book.source, quote=False) in page.replace("&#39;", "'")) or not fits, book.key
    text = text_of(client.get(f"/admin/events/{event_id}/rules/"))
    assert "FIFA World Cup 2018 and 2022 in use" in text
    assert "3 points for a win, 1 for a draw, 0 for a loss. Points, then goal difference, then goals scored" in text


def test_a_book_is_looked_at_before_it_is_taken(app, client, event_id):
    path = f"/admin/events/{event_id}/rules/"
    answer = client.post(path, data={"rulebook": "football-league-1888"})
    shown = text_of(answer)
    assert "Nothing is saved yet" in shown
    assert "Source: Football League, sub-committee" in shown
    with app.app_context():
        assert get_event(event_id).rulebook == "fifa-2022"
        version = str(get_event(event_id).version)
    answer = client.post(path, data={"rulebook": "football-league-1888", "take": "1", "version": version})
    assert answer.status_code == 302
    with app.app_context():
        assert get_event(event_id).rulebook == "football-league-1888"
    assert "The table goes by Football League, goal average now." in text_of(client.get(path))


def test_the_preview_shows_who_would_move_and_which_points(client, event_id):
    shown = text_of(sent(client, event_id, win="2", order__points="9"))
    assert "Your own rules" in shown
    assert "Points are counted anew." in shown
    assert "2 was 3" in shown
    order = ["points", "head_to_head_points"]  # each has beaten one of the others
    shown = text_of(sent(client, event_id, order=order, order__points="1", order__head_to_head_points="2"))
    assert "3 positions of the present table would change. Nothing is saved yet." in shown
    for row in ("1= ▲1 2 Ash", "1= 1 Birch", "1= ▲2 3 Cedar", "4 4 Dogwood"):
        assert row in shown, row
    assert "Every position of the present table would stay." in text_of(sent(client, event_id))


def test_the_preview_changes_nothing(app, client, event_id):
    with app.app_context():
        before = get_event(event_id).rules, get_event(event_id).version
    assert sent(client, event_id, win="2").status_code == 200
    with app.app_context():
        assert (get_event(event_id).rules, get_event(event_id).version) == before


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


def test_a_book_that_is_none_is_refused(client, event_id):
    for key in ("", "fivb-2022", "<b>"):
        answer = client.post(f"/admin/events/{event_id}/rules/", data={"rulebook": key})
        assert answer.status_code == 422
        assert "Choose one from the list." in text_of(answer)
    assert client.get(f"/admin/events/{event_id}/rules/own/?from=nonsense").status_code == 200


def test_an_old_preview_is_shown_again(app, client, event_id):
    old = {"rulebook": "fifa-1990", "take": "1", "version": "0"}
    answer = client.post(f"/admin/events/{event_id}/rules/", data=old)
    shown = text_of(answer)
    assert "The event was changed meanwhile." in shown
    assert "Nothing is saved yet" in shown
    answer = sent(client, event_id, win="2", take="1", version="0")
    assert "The event was changed meanwhile." in text_of(answer)
    with app.app_context():
        assert get_event(event_id).rulebook == "fifa-2022"


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


def test_only_its_organisers_see_and_change_the_rules(app, client, make_event):
    event_id = make_event(matches=MATCHES)
    other = make_event(name="Another", matches=[])
    for path in ("rules/", "rules/own/"):
        assert client.get(f"/admin/events/{event_id}/{path}").status_code in (302, 401)
    sign_in(client, make_user(app, "Olga", "organiser", other))
    for path in ("rules/", "rules/own/"):
        assert client.get(f"/admin/events/{event_id}/{path}").status_code == 403
        assert client.post(f"/admin/events/{event_id}/{path}", data={"rulebook": "fifa-1990"}).status_code == 403
        assert client.get(f"/admin/events/{other}/{path}").status_code == 200
        assert client.get(f"/admin/events/999/{path}").status_code == 404


def test_an_event_without_teams_has_rules_too(client, admin, make_event):
    sign_in(client, admin)
    event_id = make_event(teams=[], matches=[])
    answer = client.post(f"/admin/events/{event_id}/rules/", data={"rulebook": "fifa-1990"})
    assert answer.status_code == 200


def test_rules_that_change_who_should_have_played_ask_what_becomes_of_the_games(app, client, admin, make_event):
    sign_in(client, admin)
    sides = {"home_from": {"group": "A", "position": 1}, "away_from": {"group": "B", "position": 1}}
    games = [("Ash", "Birch", 0, 0), ("Ash", "Cedar", 2, 0), ("Birch", "Cedar", 5, 2)]
    keys = ("home", "away", "home_score", "away_score")
    event_id = make_event(
        teams=["Ash", "Birch", "Cedar", "Dogwood", "Elm"],
        groups={"A": ["Ash", "Birch", "Cedar"], "B": ["Dogwood", "Elm"]},
        matches=[
            *(dict(zip(keys, one, strict=True)) for one in games),
            {"home": "Dogwood", "away": "Elm"},
            {"stage": "knockout", "round": "Final", "code": "F", **sides},
        ],
        rulebook="fifa-2022",
    )
    with app.app_context():
        event = get_event(event_id)
        final = event.fixtures[-1]
        results.enter_score(event.fixtures[-2], Score(1, 0), by=None)
        assert final.home_name == "Birch"  # by the difference of goals; Ash has the better average
        results.enter_score(final, Score(2, 1), by=None)
        final_id = final.id
    path = f"/admin/events/{event_id}/rules/"
    page = page_of(client.post(path, data={"rulebook": "football-league-1888"}))
    assert "should be <bdi>Ash</bdi> – <bdi>Dogwood</bdi>" in page
    assert press(client, page).status_code == 422
    looked = press(client, page, **{f"ruling_{final_id}": "replay"})
    assert "F is Ash – Dogwood instead of Birch – Dogwood." in page_of(looked)
    assert press(client, page_of(looked)).status_code == 302
    with app.app_context():
        event = get_event(event_id)
        assert (event.rulebook, event.fixtures[-1].home_name) == ("football-league-1888", "Ash")


def test_a_walkover_has_both_scores_or_none(client, event_id):
    answer = sent(client, event_id, walkover_won="3")
    assert answer.status_code == 422
    assert "Type both scores of a walkover, or neither." in page_of(answer)
