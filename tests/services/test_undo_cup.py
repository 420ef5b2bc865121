"""Undo of all that moves teams on in a knockout: in reverse order it gives back the same event file, byte for byte."""

from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.conftest import get_event
from tests.services.test_freeze import MEET
from tests.services.test_undo import last_entry
from timely.domain.statuses import RULINGS, WITHDRAWALS
from timely.extensions import db
from timely.models import AuditEntry, Event, Fixture
from timely.queries.event_files import event_file_text
from timely.services import confirmations, deductions, fixtures, freeze, lots, results, walkovers
from timely.services.advancement import NeedsRuling
from timely.services.errors import RuleBroken
from timely.services.score_validation import Score
from timely.services.undo import undo
from timely.services.withdrawals import withdraw

ACTIONS = (
    *("score",) * 8,
    *("running", "take back", "walkover", "confirm", "cancel", "restore", "deduct", "give back"),
    *("withdraw", "lot", "freeze", "reveal", "delete", "undo"),
)


# Each example takes its time, and a shorter one that fails as well is not worth minutes.
COSTLY = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)


def do(kind: str, event: Event, random: Random, rulings: dict[int, str]) -> None:
    """One action of that kind on something of the event; RuleBroken where the rules say no."""
    game: Fixture = random.choice(event.fixtures)
    if kind in ("score", "running"):
        home, away = random.randint(0, 4), random.randint(0, 4)
        decided = random.choice(["home", "away"]) if game.is_knockout and home == away and kind == "score" else ""
        results.enter_score(
            game,
            Score(home, away, decided=decided),
            by=None,
            running=kind == "running",
            reason="seen again",
            status=random.choice([None, None, "PENDING"]),
            rulings=rulings,
        )
    elif kind == "take back":
        results.take_back(game, by=None, rulings=rulings)
    elif kind == "walkover":
        walkovers.award_walkover(game, random.choice(["home", "away"]), by=None, rulings=rulings)
    elif kind == "confirm":
        confirmations.set_result_status(game, "FINAL", by=None, rulings=rulings)
    elif kind in ("cancel", "restore"):
        fixtures.set_status(game, "CANCELLED" if kind == "cancel" else "SCHEDULED", by=None)
    elif kind == "delete":
        fixtures.delete_fixture(game, by=None)
    elif kind == "deduct":
        deductions.deduct(event, random.choice(event.teams), random.randint(1, 6), by=None, rulings=rulings)
    elif kind == "give back" and event.deductions:
        deductions.give_back(random.choice(event.deductions), by=None, rulings=rulings)
    elif kind == "withdraw":
        way = random.choice([None, "annul", "keep", "award"])
        withdraw(random.choice(event.teams), random.choice(WITHDRAWALS), way=way, by=None, rulings=rulings)
    elif kind == "lot":
        for teams in [list(one.teams) for one in lots.tied_teams(event)[:1]]:
            lots.record_lot(event, random.sample(teams, len(teams)), by=None, rulings=rulings)
    elif kind == "freeze":
        freeze.freeze(event, by=None)
    elif kind == "reveal":
        freeze.reveal(event, by=None)
    elif kind == "undo":
        undo(last_entry(), by=None)


def do_with_rulings(kind: str, event: Event, seed: int) -> None:
    """The action, with something ruled of every game that it asks for."""
    rulings: dict[int, str] = {}
    for _ in range(20):
        try:
            return do(kind, event, Random(seed), rulings)
        except NeedsRuling as needs:
            for game in needs.games:
                rulings[game.fixture_id] = Random(seed + game.fixture_id).choice(RULINGS)
    raise AssertionError(f"{kind} asks for ever: {rulings}")


@settings(COSTLY, max_examples=30)
@given(actions=st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 10**6)), min_size=4, max_size=30))
def test_any_sequence_of_actions_is_undone_to_the_byte(in_app, make_event, actions):
    event = get_event(make_event(**MEET))
    states = [(event_file_text(event), event.frozen)]
    entries = []
    for kind, seed in actions:
        before = last_entry().id
        try:
            do_with_rulings(kind, event, seed)
        except RuleBroken:
            continue
        if last_entry().id != before:
            entries.append(last_entry().id)
            states.append((event_file_text(event), event.frozen))
    stands_for: dict[int, int] = {}  # an action that was undone and done again is taken back by its second time
    for entry_id, state in zip(reversed(entries), reversed(states[:-1]), strict=True):
        done_again = undo(db.session.get_one(AuditEntry, stands_for.get(entry_id, entry_id)), by=None)
        undoes_id = db.session.get_one(AuditEntry, entry_id).undoes_id
        if undoes_id:
            stands_for[undoes_id] = done_again.id
        assert (event_file_text(event), event.frozen) == state


@settings(COSTLY, max_examples=20)
@given(actions=st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, 10**6)), min_size=4, max_size=20))
def test_a_refused_action_changes_nothing(in_app, make_event, actions):
    event = get_event(make_event(**MEET))
    for kind, seed in actions:
        before, entry = event_file_text(event), last_entry().id
        try:
            do(kind, event, Random(seed), {})
        except RuleBroken:
            assert (event_file_text(event), last_entry().id) == (before, entry)
