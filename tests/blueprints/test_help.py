"""The help page: for everybody, in every language, with the words of the pages that it speaks of."""

import re

import pytest

from tests.conftest import make_user, sign_in
from tests.languages.pseudo import PSEUDO, pseudo
from tests.static.files import TIMELY
from timely.blueprints.help import views
from timely.languages.available import EXTENSION
from timely.languages.extraction import extracted
from timely.live.heartbeats import HEARTBEAT_EVERY

TEMPLATE = "templates/help/index.html"
# Of a name in the template: the context, if it has one, and the message.
NAMES = re.compile(r'(?:word|page)\((?:_\(|pgettext\("([^"]+)", )"([^"]+)"')
PARTS = ["The first ten minutes", "Scorers", "Projector", "Languages", "When something is wrong"]


def page(client, path="/help/", **headers):
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def main_of(html):
    return html.split("<main", 1)[1].split("</main>")[0]


def links_in(html):
    return set(re.findall(r'href="(/[^"#]*)"', main_of(html)))


def foot_of(html):
    return html.split("<footer", 1)[1]


def test_it_is_for_everybody_and_is_not_sent_twice(client):
    answer = client.get("/help/")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in answer.headers
    again = client.get("/help/", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_it_is_rendered_once_for_all(client, monkeypatch):
    first = page(client)
    monkeypatch.setattr(views, "render_template", lambda name: "rendered again")
    assert page(client) == first


def test_the_list_at_its_top_leads_to_each_part(client):
    html = main_of(page(client))
    listed = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', html)
    assert [title for _, title in listed] == PARTS
    for anchor, title in listed:
        assert re.search(rf'id="{anchor}"[^>]*>\s*(<h2>)?{title}</h2>', html)
    anchors = re.findall(r'id="([^"]+)"', html)
    assert len(anchors) == len(set(anchors))


@pytest.mark.parametrize("role", ["administrator", "organiser", "scorer"])
def test_each_reader_has_links_to_what_they_may_open(app, client, role):
    sign_in(client, make_user(app, "Sam", role))
    links = links_in(page(client))
    assert {"/admin/", "/admin/results/"} <= links
    assert ("/admin/people/" in links) == (role == "administrator")
    assert {"/admin/events/new/", "/admin/live/"} <= links or role == "scorer"
    for link in links:
        assert client.get(link).status_code == 200, link


def test_a_visitors_links_lead_to_the_sign_in(client, admin):
    links = links_in(page(client))
    assert {"/login/", "/admin/", "/admin/results/", "/admin/people/", "/admin/live/", "/admin/events/new/"} == links
    for link in links - {"/login/"}:
        answer = client.get(link)
        assert answer.status_code == 302
        assert answer.location.startswith("/login/?next="), link


def test_it_names_pages_and_buttons_by_their_own_messages():
    places = {(message.context, message.id): message.locations for message in extracted() if message.id}
    for message in [key for key in places if isinstance(key[1], tuple)]:
        places[message[0], message[1][0]] = places[message]
    names = NAMES.findall((TIMELY / TEMPLATE).read_text("utf-8"))
    assert len(names) > 30
    for context, message in names:
        files = {file for file, _ in places[context or None, message]}
        assert files - {TEMPLATE}, f"no page shows {message!r} any more"


def test_its_figures_are_those_of_the_scripts(client):
    scripts = TIMELY / "static/js"
    state = (scripts / "transport/connection_state.js").read_text("utf-8")
    times = re.search(r"FRESH = ([\d.]+) \* Timely\.heartbeat", state)
    assert times
    assert f"within the last {float(times[1]) * HEARTBEAT_EVERY:.0f} seconds" in " ".join(page(client).split())
    rotation = (scripts / "display/rotation.js").read_text("utf-8")
    milliseconds = re.search(r"TURN = (\d+);", rotation)
    assert milliseconds
    assert f"every {int(milliseconds[1]) // 1000} seconds" in page(client)


def test_it_is_in_the_language_of_the_reader(app, client):
    app.extensions[EXTENSION].by_code[PSEUDO.code] = PSEUDO
    html = page(client, "/help/?lang=xp")
    assert 'lang="xp"' in html
    for title in ("Help", *PARTS):
        assert pseudo(title) in html
    assert f"<b>{pseudo('Publish')}</b>" in html


def test_organisers_find_it_in_the_foot_of_every_page(app, client, admin, league):
    assert 'href="/help/"' in foot_of(page(client, "/login/"))
    assert 'href="/help/"' not in foot_of(page(client, "/events/saturday-league/"))
    sign_in(client, admin)
    for path in ("/admin/", f"/admin/events/{league}/teams/", "/admin/results/", "/events/saturday-league/"):
        assert '<a href="/help/">Help</a>' in foot_of(page(client, path)), path


def test_so_does_whoever_sets_timely_up(client):
    assert 'href="/help/"' in foot_of(page(client, "/setup/"))
