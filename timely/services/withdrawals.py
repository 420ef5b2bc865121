"""Withdrawals and expulsions: what becomes of the team's games, by the rulebook or by choice."""

from collections.abc import Iterable, Mapping

from timely.database.transactions import writing
from timely.domain.rules.withdrawals import WAYS, Game, Withdrawal, WithdrawalOutcome, withdrawal_outcomes
from timely.domain.scores.score import walkover_score
from timely.domain.statuses import WITHDRAWALS
from timely.domain.translation import gettext_noop, lazy_gettext
from timely.extensions import db
from timely.models import Event, Fixture, Team, User
from timely.queries.teams import team_names
from timely.services import audit
from timely.services.advancement import Rulings, advance_teams
from timely.services.errors import RuleBroken
from timely.services.forfeits import award

TO_COME = ("SCHEDULED", "LIVE", "POSTPONED")
HAS_LEFT = {
    "withdrawn": gettext_noop("%(team)s is withdrawn already."),
    "expelled": gettext_noop("%(team)s is expelled already."),
}


def rulebook_way(event: Event, team: Team) -> str:
    """The way of the rules with the team's table games at present: "annul", "keep" or "award"."""
    own = [game for games in _tables(event, team).values() for game in games if team.id in (game.home, game.away)]
    return event.order_rules.withdrawal.way(sum(game.played for game in own), len(own))


def withdraw(
    team: Team,
    word: str,
    *,
    way: str | None = None,
    by: User | None,
    reason: str = "",
    rulings: Rulings | None = None,
) -> dict[int, WithdrawalOutcome]:
    """{fixture id: what became of it}. *word* is "withdrawn" or "expelled".

    *way* decides about its table games, else the rulebook; a knockout game that was not played goes to the opponent.
    Raises RuleBroken, NeedsRuling.
    """
    with writing():
        event = db.session.get_one(Event, team.event_id)
        if team.withdrawn:
            raise RuleBroken(
                lazy_gettext(HAS_LEFT.get(team.withdrawn, HAS_LEFT["withdrawn"]), team=team.name),
                code="withdrawn",
            )
        if word not in WITHDRAWALS:
            raise RuleBroken(lazy_gettext("Choose one: withdrawn, or expelled."), field="word")
        if way is not None and way not in WAYS:
            raise RuleBroken(lazy_gettext("Choose what becomes of its games."), field="way")
        found = outcomes_of(event, team, way)
        team.withdrawn = word
        games = {fixture.id: fixture for fixture in event.fixtures}
        for fixture_id, fate in found.items():
            _apply(games[fixture_id], fate, by)
        before = {"plays": True}
        after = {"left": word, "games": _counts(found.values())}
        action = gettext_noop("withdraw team") if word == "withdrawn" else gettext_noop("expel team")
        name = team_names(event)[team.id]
        audit.record(action, name, by=by, event_id=event.id, before=before, after=after, reason=reason)
        db.session.flush()
        advance_teams(event, rulings)
    return found


def outcomes_of(event: Event, team: Team, way: str | None = None) -> dict[int, WithdrawalOutcome]:
    """{fixture id: what would become of it} if the team left now; games that stand are left out."""
    sport, rules = event.sport_kind, event.order_rules
    withdrawal = Withdrawal(way) if way else rules.withdrawal
    gone = frozenset(one.id for one in event.teams if one.withdrawn and one.id != team.id)
    found: dict[int, WithdrawalOutcome] = {}
    for games in _tables(event, team).values():
        found |= withdrawal_outcomes(team.id, games, withdrawal, walkover_score(sport, rules), gone=gone)
    for fixture in event.fixtures:
        if fixture.is_knockout and team.id in (fixture.home_team_id, fixture.away_team_id):
            fate = _knockout_fate(fixture, team, gone, walkover_score(sport, rules))
            if fate:
                found[fixture.id] = fate
    return {id_: fate for id_, fate in found.items() if fate.what != "stands"}


def _tables(event: Event, team: Team) -> Mapping[int, list[Game]]:
    """{group id: its games} of the tables in which the team plays; cancelled and annulled games are left out."""
    found: dict[int, list[Game]] = {}
    for fixture in event.fixtures:
        sides = (fixture.home_team_id, fixture.away_team_id)
        if fixture.group_id is None or team.id not in sides or None in sides:
            continue
        result = fixture.result
        played = result is not None and not result.running
        if (result is not None and result.annulled) or (not played and fixture.status not in TO_COME):
            continue
        found.setdefault(fixture.group_id, []).append(Game(fixture.id, *sides, played))
    return found


def _knockout_fate(
    fixture: Fixture, team: Team, gone: frozenset[int], walkover: tuple[int, int]
) -> WithdrawalOutcome | None:
    if fixture.status not in TO_COME or (fixture.result and not fixture.result.running):
        return None
    is_home = fixture.home_team_id == team.id
    opponent = fixture.away_team_id if is_home else fixture.home_team_id
    if opponent is None:
        return None  # the team that comes there goes on by walkover: services/advancement.py
    if opponent in gone:
        return WithdrawalOutcome("cancelled")
    won, lost = walkover
    return (
        WithdrawalOutcome("awarded", lost, won, "home") if is_home else WithdrawalOutcome("awarded", won, lost, "away")
    )


def _apply(fixture: Fixture, fate: WithdrawalOutcome, by: User | None) -> None:
    if fate.what == "annulled" and fixture.result:
        fixture.result.annulled = True
        return
    if fixture.result:  # a running score is discarded
        fixture.result, fixture.saved_no = None, None
        db.session.flush()
    if fate.what == "awarded":
        award(fixture, "away" if fate.forfeit == "home" else "home", by=by)
    else:
        fixture.status = "CANCELLED"


def _counts(found: Iterable[WithdrawalOutcome]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for fate in found:
        counts[fate.what] = counts.get(fate.what, 0) + 1
    return counts
