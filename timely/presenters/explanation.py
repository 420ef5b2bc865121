"""Explanation of a team's position as a dict for the page."""

from collections.abc import Sequence
from typing import Any
from unicodedata import bidirectional

from timely.domain.rules.tiebreaker import NO_VALUE
from timely.domain.rules.tiebreakers import TIEBREAKERS
from timely.domain.standings.columns import columns
from timely.domain.standings.explanation import Explanation
from timely.domain.standings.outcome import Team as TeamKey
from timely.domain.standings.ranking_step import MiniLeague, Step
from timely.domain.translation import gettext, ngettext
from timely.models.read_only import EventView
from timely.presenters.leaderboard_rows import leaderboard_row
from timely.presenters.number_text import DASH
from timely.presenters.number_text import ordinal_text as ordinal
from timely.presenters.play_text import half_text, signed_half_text
from timely.presenters.round_text import table_text
from timely.presenters.row import Row
from timely.presenters.tiebreaker_text import order_text, titles
from timely.presenters.value_text import some_of, value_text, way_out
from timely.queries.explanations import Explained, is_gone
from timely.queries.rulebooks import book_of, same_order
from timely.queries.tables import Line

MOST_SHOWN = 7  # of the teams compared in a step; beyond that, only those around the row
AROUND = 2


def why(event: EventView, found: Explained) -> Row:
    """The row, the ranking steps by parts (each with the mini-league it looked at), and the ways to break a tie."""
    words = _Words(event, found)
    explanation = found.explanation
    team = found.teams[found.line.team.id]
    row = leaderboard_row(found.line)
    figures = [value for step in explanation.steps for value in step.values.values()]
    is_played = any(value and value != NO_VALUE for value in figures) or found.line.standing.played > 0
    return {
        "team_id": team.id,
        "team_name": team.name,
        "team_colour": team.colour,
        "place": ordinal(explanation.position),
        "is_shared": explanation.tied,
        "table_id": found.compared.id if found.compared else found.group.id,
        "group_id": None if found.compared else found.group.id,
        "table": table_text(found.compared.title if found.compared else found.group.full_title),
        "group": table_text(found.group.title) if found.compared else "",
        "figures": [(str(c.head), str(c.title), row.get(f"{c.key}_text", row[c.key])) for c in found_columns(event)],
        "deducted": found.line.standing.deducted,
        "lead": words.lead(explanation) if is_played else "",
        "is_played": is_played,
        "gone": found.line.zone if is_gone(found.line) else "",
        "parts": words.parts(explanation) if is_played else [],
        "level_with": some_of((team.id, *explanation.level_with), words.name) if explanation.tied else "",
        "position": explanation.position,
        "ways_out": [{"way": way, "text": way_out(way)} for way in explanation.ways_out] if is_played else [],
        "decided_by": order_text(event.sport_kind, [explanation.decided_by]) if explanation.decided_by else "",
        "running_order": "" if found.is_over or found.compared else running_text(event),
        **rule_of(event, found),
    }


def found_columns(event: EventView) -> list[Any]:
    return [column for column in columns(event.sport_kind, event.order_rules) if column.key != "form"]


def rule_of(event: EventView, found: Explained) -> Row:
    """The source of the ranking rules: {`rule`, `rule_note`}."""
    if found.compared:
        return {
            "rule": gettext("The organiser's order for teams of different groups."),
            "rule_note": str(found.compared.note),
        }
    same = same_order(event)
    book = book_of(event) or (same if same and same.rules == event.order_rules else None)
    if book is not None:
        return {
            "rule": gettext(
                "%(rulebook)s. Source: %(source)s.", rulebook=gettext(book.name), source=gettext(book.source)
            ),
            "rule_note": gettext(book.note),
        }
    if same is not None:
        rule = gettext(
            "The organiser's own rules, in the order of %(rulebook)s. Source: %(source)s.",
            rulebook=gettext(same.name),
            source=gettext(same.source),
        )
        return {"rule": rule, "rule_note": gettext(same.note)}
    return {"rule": gettext("The organiser's own order."), "rule_note": ""}


def running_text(event: EventView) -> str:
    """The order of tie-breakers while games are still to come; "" if it does not differ."""
    order = event.order_rules.tiebreakers_while_running
    if order is None:
        return ""
    return gettext(
        "While games are still to come, the order is: %(criteria)s. The whole list counts once all are played.",
        criteria=order_text(event.sport_kind, order),
    )


class _Words:
    """Formats names, values and titles for one event."""

    def __init__(self, event: EventView, found: Explained) -> None:
        self.event, self.found = event, found
        self.sport = event.sport_kind
        self.titles = titles(self.sport)
        self.halves = self.sport.halves and "pts_text" in found.line.figures

    def name(self, team: TeamKey) -> str:
        name = self.found.teams[team].name
        # Isolated, because a right-to-left name would reorder the words around it.
        return f"\u2068{name}\u2069" if any(bidirectional(letter) in ("R", "AL") for letter in name) else name

    def value(self, criterion: str, value: Any) -> str:
        one = TIEBREAKERS[criterion]
        is_in_halves = one.in_halves and self.sport.halves and ("points" not in (one.key, one.of) or self.halves)
        if is_in_halves and value is not None:
            return signed_half_text(value) if one.number.signed else half_text(value)
        return value_text(criterion, value)

    def lead(self, explanation: Explanation) -> str:
        """The step that decided, in one sentence; "" if none did."""
        if not explanation.decided_by:
            return ""
        step, team = explanation.steps[-1], explanation.team
        own = step.values[team]
        listed = [self.value(step.criterion, own)]
        ahead = [one for one, value in step.values.items() if value is not None and value > own]
        behind = [one for one, value in step.values.items() if value is not None and value < own]
        if ahead:
            listed.append(gettext("behind %(team)s", team=self._valued(step, ahead[-1])))
        if behind:
            listed.append(gettext("ahead of %(team)s", team=self._valued(step, behind[0])))
        return ", ".join(listed)

    def _valued(self, step: Step, team: TeamKey) -> str:
        return f"{self.name(team)} ({self.value(step.criterion, step.values[team])})"

    def parts(self, explanation: Explanation) -> list[Row]:
        """[{`among`: the mini-league or None, `steps`}], with the steps numbered throughout."""
        parts: list[Row] = []
        among: MiniLeague | None = None
        for number, step in enumerate(explanation.steps, start=1):
            if not parts or step.among is not among:
                among = step.among
                parts.append({"among": self.among(among, explanation.team) if among else None, "steps": []})
            parts[-1]["steps"].append(self.step(step, explanation, number))
        return parts

    def step(self, step: Step, explanation: Explanation, number: int) -> Row:
        team = explanation.team
        level = step.level_with(team)
        is_last = number == len(explanation.steps)
        unlisted = tuple(one for one, value in step.values.items() if value is None)
        if unlisted:
            outcome = ngettext(
                "Decides nothing: %(teams)s is not listed.",
                "Decides nothing: %(teams)s are not listed.",
                len(unlisted),
                teams=some_of(unlisted, self.name),
            )
        elif level and is_last:
            outcome = gettext("Still level with %(teams)s.", teams=some_of(level, self.name))
        elif level:
            outcome = gettext("Level with %(teams)s.", teams=some_of(level, self.name))
        else:
            outcome = gettext("This decides.")
        return {
            "number": number,
            "title": self.titles[step.criterion],
            # If all were level, the outcome alone says so.
            "value": "" if step.separated or unlisted else self.value(step.criterion, step.values[team]),
            "rows": self._around(step, team, set(level)) if step.separated else [],
            "outcome": outcome,
            "decides": is_last and bool(explanation.decided_by),
        }

    def _around(self, step: Step, team: TeamKey, level: set[TeamKey]) -> list[Row]:
        """All teams compared in the step, or those around the row."""
        ordered = list(step.values)
        if len(ordered) > MOST_SHOWN:
            near = [at for at, one in enumerate(ordered) if one == team or one in level]
            shown = set(range(max(0, near[0] - AROUND), near[-1] + 1 + AROUND))
            if len(near) > MOST_SHOWN:  # nearly all of them are level
                shown = {*range(near[0], near[0] + MOST_SHOWN - 1), ordered.index(team)}
        else:
            shown = set(range(len(ordered)))
        rows: list[Row] = []
        for at, one in enumerate(ordered):
            if at not in shown:
                if rows and "more" in rows[-1]:
                    rows[-1]["more"] += 1
                else:
                    rows.append({"more": 1})
                continue
            state = "own" if one == team else "level" if one in level else ""
            found = self.found.teams[one]
            value = self.value(step.criterion, step.values[one])
            rows.append({"name": found.name, "colour": found.colour, "value": value, "state": state})
        return rows

    def among(self, among: MiniLeague, team: TeamKey) -> Row:
        """The mini-league's table and games."""
        shown = found_columns(self.event)
        lines = sorted(among.lines.values(), key=lambda line: (-line.points, -line.goal_difference, -line.goals_for))
        rows = []
        for line in lines:
            of = self.found.teams[line.team]
            row = leaderboard_row(Line(line, of, 0, "", self.found.line.figures))
            cells = [row.get(f"{column.key}_text", row[column.key]) for column in shown]
            rows.append({"name": of.name, "colour": of.colour, "cells": cells, "own": line.team == team})
        teams = some_of(tuple(among.lines), self.name)
        again = gettext("Once more the games among %(teams)s", teams=teams)
        title = again if among.again else gettext("The games among %(teams)s", teams=teams)
        return {
            "title": title,
            "columns": shown,
            "rows": rows,
            "games": [
                {"home": self.name(game.home), "away": self.name(game.away), "score": self._score(game)}
                for game in among.games
            ],
        }

    def _score(self, game: Any) -> str:
        sides: Sequence[int] = (game.home_score, game.away_score)
        return DASH.join(half_text(one) if self.sport.halves else str(one) for one in sides)
