"""Events: made, changed, moved through their life, deleted."""

import warnings
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.conftest import get_event, make_user
from timely.extensions import db
from timely.models import AuditEntry, Entry, Event, Fixture, Result, Right, Team, User
from timely.services import announcements, deductions, events, results
from timely.services.errors import RuleBroken, StaleVersion
from timely.services.events import EventDetails
from timely.services.results import Score

pytestmark = pytest.mark.usefixtures("in_app")

CUP = EventDetails(name="Saturday Cup", sport="volleyball", timezone="Europe/Dublin")


def saved(event):
    return EventDetails(**events.details_of(event))


def test_a_new_event_is_a_draft_with_the_usual_rules_of_its_sport():
    event = events.create_event(CUP, by=None)
    assert (event.status, event.slug, event.rulebook) == ("DRAFT", "saturday-cup", "fivb-2022")
    assert event.order_rules.tiebreakers[0] == "wins"
    assert len(event.access_key) >= 16


def test_an_organiser_is_given_the_right_in_an_event_of_their_own(app, admin):
    organiser = db.session.get_one(User, make_user(app, "Olga", "organiser"))
    event = events.create_event(CUP, by=organiser)
    other = events.create_event(CUP, by=db.session.get_one(User, admin))
    rights = db.session.execute(select(Right.user_id, Right.event_id)).all()
    assert rights == [(organiser.id, event.id)]
    assert other.slug == "saturday-cup-2"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"starts_on": date(2026, 11, 28), "ends_on": date(2026, 11, 27)}, "ends_on"),
        ({"rulebook": "fifa-2022"}, "rulebook"),
        ({"rulebook": "no-such-book"}, "rulebook"),
        ({"accent": "#fdfdfd"}, "accent"),
        ({"accent": "#000000"}, "accent"),
        ({"counts_from": "NEVER"}, "counts_from"),
        ({"visibility": "secret"}, "visibility"),
        ({"entrants": "robots"}, "entrants"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(changed, field):
    with pytest.raises(RuleBroken) as broken:
        events.create_event(replace(CUP, **changed), by=None)
    assert list(broken.value.fields) == [field]
    assert db.session.scalars(select(Event)).all() == []


def test_a_change_is_written_down_with_what_was_before(league):
    event = get_event(league)
    events.change_event(event, replace(saved(event), name="Sunday League"), by=None, seen_version=event.version)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "change event")).one()
    assert (entry.before, entry.after) == ({"name": "Saturday League"}, {"name": "Sunday League"})
    assert event.slug == "saturday-league"  # an address that was given out stays


def test_saving_what_is_saved_changes_nothing(league):
    event = get_event(league)
    version = event.version
    events.change_event(event, saved(event), by=None)
    assert event.version == version
    assert not db.session.scalars(select(AuditEntry).where(AuditEntry.action == "change event")).all()


def test_an_old_form_is_refused(league):
    event = get_event(league)
    version = event.version
    events.change_event(event, replace(saved(event), place="The park"), by=None, seen_version=version)
    with pytest.raises(StaleVersion):
        events.change_event(event, replace(saved(event), place="The hall"), by=None, seen_version=version)
    assert event.place == "The park"


def test_the_sport_stays_once_there_are_results(league):
    event = get_event(league)
    results.enter_score(event.fixtures[0], Score(1, 0), by=None)
    with pytest.raises(RuleBroken) as broken:
        events.change_event(event, replace(saved(event), sport="handball"), by=None)
    assert list(broken.value.fields) == ["sport"]


def test_another_sport_without_results_needs_a_book_that_fits(league):
    event = get_event(league)
    with pytest.raises(RuleBroken):
        events.change_event(event, replace(saved(event), sport="volleyball", rulebook="uefa-euro-2024"), by=None)
    events.change_event(event, replace(saved(event), sport="volleyball", rulebook=""), by=None)
    assert event.rulebook == "fivb-2022"


def test_an_imported_event_keeps_its_own_rules(make_event):
    own = {"points": {"win": 5, "draw": 2, "loss": 1}, "tiebreakers": ["points", "wins"]}
    event = get_event(make_event(rules=own))
    events.change_event(event, replace(saved(event), name="Renamed", rulebook=events.OWN), by=None)
    assert (event.name, event.order_rules.win) == ("Renamed", 5)
    events.change_event(event, replace(saved(event), rulebook="club-two-points"), by=None)
    assert event.order_rules.win == 2


def test_another_time_zone_keeps_the_clock_times(league):
    event = get_event(league)
    events.change_event(event, replace(saved(event), timezone="Asia/Tokyo"), by=None)
    first = event.fixtures[0]
    assert first.start_at.isoformat() == "2026-11-28T01:00:00+00:00"
    assert first.start_at.astimezone(event.zone).hour == 10
    assert first.start_on == date(2026, 11, 28)


@pytest.mark.parametrize(
    ("steps", "refused"),
    [
        (["PUBLISHED", "LIVE", "COMPLETED", "LIVE"], "CANCELLED_"),
        (["PUBLISHED", "CANCELLED", "PUBLISHED"], "DRAFT_"),
        (["CANCELLED"], "LIVE"),
        (["PUBLISHED", "DRAFT"], "COMPLETED"),
    ],
)
def test_an_event_moves_through_its_life(steps, refused):
    event = events.create_event(CUP, by=None)
    events.set_event_status(event, "PUBLISHED", by=None)
    for status in steps:
        events.set_event_status(event, status, by=None)
        assert event.status == status
    with pytest.raises(RuleBroken):
        events.set_event_status(event, refused, by=None)


def test_deleting_takes_everything_along_and_warns_of_nothing(app, league):
    event = get_event(league)
    make_user(app, "Sam", "scorer", league)
    results.enter_score(event.fixtures[0], Score(1, 0), by=None)
    deductions.deduct(event, event.teams[0], 3, by=None)
    announcements.announce(event, title="Lunch", by=None)
    with pytest.raises(RuleBroken):
        events.delete_event(event, by=None, name="Saturday")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        events.delete_event(event, by=None, name="saturday league")
    for model in (Event, Team, Fixture, Result, Entry, Right):
        assert db.session.scalars(select(model)).all() == [], model


def test_a_one_day_event_begins_and_ends_on_that_day():
    day = date(2026, 11, 28)
    event = events.create_event(replace(CUP, starts_on=day, ends_on=day), by=None)
    assert (event.starts_on, event.ends_on) == (day, day)


def test_own_rules_do_not_go_along_to_another_sport(make_event):
    event = get_event(make_event(rules={"points": {"win": 5}}))
    with pytest.raises(RuleBroken, match="needs a rulebook that fits") as broken:
        events.change_event(event, replace(saved(event), sport="handball", rulebook=events.OWN), by=None)
    assert list(broken.value.fields) == ["rulebook"]
    assert event.order_rules.win == 5


def test_once_there_are_results_a_rulebook_has_to_be_able_to_read_them(make_event):
    event = get_event(make_event(sport="tag"))
    for book in ("fivb-2022", "club-two-points"):  # any fits a sport that Timely does not know
        events.change_event(event, replace(saved(event), rulebook=book), by=None)
    results.enter_score(event.fixtures[0], Score(7, 5), by=None)
    events.change_event(event, replace(saved(event), rulebook="club-simple"), by=None)
    with pytest.raises(RuleBroken, match="could not read") as broken:
        events.change_event(event, replace(saved(event), rulebook="fivb-2022"), by=None)
    assert list(broken.value.fields) == ["rulebook"]
    assert event.rulebook == "club-simple"


def test_a_private_link_is_renewed_and_a_public_event_has_none(league):
    event = get_event(league)
    key = event.access_key
    with pytest.raises(RuleBroken, match="everybody may see it"):
        events.renew_key(event, by=None)
    events.change_event(event, replace(saved(event), visibility="private"), by=None)
    assert event.access_key == key
    events.renew_key(event, by=None)
    assert event.access_key != key
    assert len(event.access_key) >= 16


def test_another_time_zone_moves_what_waits_and_nothing_that_was_shown(league):
    event = get_event(league)
    six = datetime(2030, 5, 1, 18, tzinfo=event.zone)
    waiting = announcements.announce(event, title="Draw", publish_at=six, expires_at=six + timedelta(hours=2), by=None)
    endless = announcements.announce(event, title="Prizes", publish_at=six, by=None)
    current = announcements.announce(event, title="Lunch", expires_at=six, by=None)
    shown_at = current.publish_at
    events.change_event(event, replace(saved(event), timezone="Asia/Tokyo"), by=None)
    there = six.replace(tzinfo=event.zone)
    assert (waiting.publish_at, waiting.expires_at) == (there, there + timedelta(hours=2))
    assert (endless.publish_at, endless.expires_at) == (there, None)
    assert (current.publish_at, current.expires_at) == (shown_at, six)


def test_a_time_that_the_new_time_zone_skips_is_refused_and_nothing_moves(make_event):
    # In Berlin the clocks go from 2:00 to 3:00 in the night to 28 March 2027.
    games = [
        {"home": "Ash", "away": "Birch", "date": "2027-03-27", "time_local": "10:00"},
        {"home": "Ash", "away": "Cedar", "date": "2027-03-28", "time_local": "02:30"},
    ]
    event = get_event(make_event(timezone="America/New_York", matches=games))
    moments = [one.start_at for one in event.fixtures]
    with pytest.raises(RuleBroken, match="A game cannot move there") as broken:
        events.change_event(event, replace(saved(event), timezone="Europe/Berlin"), by=None)
    assert list(broken.value.fields) == ["timezone"]
    assert [one.start_at for one in event.fixtures] == moments


def test_without_results_an_event_goes_without_its_name(league):
    events.delete_event(get_event(league), by=None)
    assert db.session.scalars(select(Event)).all() == []
    (entry,) = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "delete event"))
    assert entry.before == {"teams": 4, "games": 6, "results": 0}
