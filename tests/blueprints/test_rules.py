"""`/admin/events/<id>/rules/`: a rulebook chosen or an own one built, looked at before it is taken."""

import html
import re

import pytest

from tests.blueprints.pressing import press
from tests.conftest import get_event, make_user, sign_in, unwrapped
from timely.domain.rulebooks import RULEBOOKS
from timely.services import results
from timely.services.results import Score

MATCHES = [
    {"home": "Ash", "away": "Birch", "home_score": 1, "away_score": 0},
    {"home": "Cedar", "away": "Ash", "home_score": 1, "away_score": 0},
    {"home": "Birch", "away": "Cedar", "home_score": 5, "away_score": 0},
    {"home": "Dogwood", "away": "Cedar", "date": "2026-11-28"},
]


@pytest.fixture(name="event_id")
def event_id_fixture(app, client, admin, make_event):
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
