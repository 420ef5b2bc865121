"""Violations of a team: in two places at once, or without its rest."""

from collections import defaultdict
from collections.abc import Iterator

from timely.domain.timetable.conflicts import Known, Player
from timely.domain.timetable.games import GameKey
from timely.domain.timetable.local_times import minutes_text
from timely.domain.timetable.violation import Booked, Plan, Violation, short_by
from timely.domain.translation import lazy_gettext


def at_teams(plan: Plan) -> Iterator[Violation]:
    rest = plan.spacing.rest_minutes * 60
    rivals = {one: plan.sharing.in_order(plan.sharing.rivals(one)) for one in plan.sharing.names}
    near: dict[Player, list[Booked]] = defaultdict(list)
    said: set[tuple[GameKey, GameKey]] = set()
    for one in plan.booked:
        own = plan.sharing.of[one.game.key]
        for mine in own:
            for theirs in (mine, *rivals[mine]):
                if theirs not in near:
                    continue
                near[theirs] = [other for other in near[theirs] if other.end + rest > one.start]
                for other in near[theirs]:
                    pair = (other.game.key, one.game.key)
                    # Known teams are named one by one; possible teams are reported once for a game.
                    firm = isinstance(mine, Known) and mine == theirs
                    if _waits(one, other) and not firm:
                        continue  # at_order reports it
                    if firm or pair not in said:
                        said.add(pair)
                        yield _breach(plan, other, theirs, one, mine)
        for mine in own:
            near[mine].append(one)


def _waits(one: Booked, other: Booked) -> bool:
    return other.game.key in one.game.after or one.game.key in other.game.after


def _breach(plan: Plan, sooner: Booked, theirs: Player, later: Booked, mine: Player) -> Violation:
    keys = (sooner.game.key, later.game.key)
    where, then = plan.clocks.place(sooner.booking), plan.clocks.place(later.booking)
    gap, rest = later.start - sooner.end, plan.spacing.rest_minutes
    who = plan.sharing.who(theirs, mine)
    if gap < 0:
        text = lazy_gettext("%(team)s plays %(place)s and %(other_place)s.", team=who, place=where, other_place=then)
        return Violation("team", keys, text, short_by(gap, 0))
    text = lazy_gettext(
        "%(team)s has %(minutes)s of rest, not %(needed)s, between the games %(place)s and %(other_place)s.",
        team=who,
        minutes=minutes_text(gap // 60),
        needed=rest,
        place=where,
        other_place=then,
    )
    return Violation("rest", keys, text, short_by(gap, rest * 60))
