"""Makes the stages, groups and entries of an event file that is imported."""

from typing import Any

from timely.event_file.contents import EventFile
from timely.extensions import db
from timely.models import Division, Entry, Event, Group, Stage, Team
from timely.services.batches import insert_rows, yield_to_others


class ImportedStages:
    """The stages of a file: for each division its tables by group name (None: a league's table), and its knockout."""

    def __init__(
        self, event: Event, file: EventFile, teams: dict[str, Team], divisions: dict[str | None, Division]
    ) -> None:
        self.event, self.file, self.teams = event, file, teams
        self.groups: dict[tuple[str | None, str | None], Group] = {}
        self._entries: list[dict[str, Any]] = []
        self.knockouts: dict[str | None, Stage] = {}
        self.options = {(part.division, part.kind == "knockout"): part for part in file.stages}
        named: list[str | None] = [*file.divisions]
        said = [
            *(team.division for team in file.teams.values()),
            *(match.division for match in file.matches),
            *(stage.division for stage in file.stages),
        ]
        if not named or None in said:
            named = [None, *named]
        for division in named:
            id_ = divisions[division].id if division is not None else None
            self._make(division, id_)
        insert_rows(Entry, self._entries)

    def _make(self, division: str | None, division_id: int | None) -> None:
        here = [match for match in self.file.matches if match.division == division]
        has_knockout = any(match.knockout for match in here) or (division, True) in self.options
        groups = self.file.groups.get(division, {})
        members: dict[str | None, list[str]] = {name: list(names) for name, names in groups.items()}
        has_table = any(not match.knockout for match in here) or (division, False) in self.options
        if not members and (not has_knockout or has_table):
            members = {None: [name for name, part in self.file.teams.items() if part.division == division]}
        if members:
            kind = "groups" if groups else "league"
            stage = self._stage(division, division_id, kind)
            for position, (name, names) in enumerate(members.items(), 1):
                self._group(stage, division, name, names, position)
        if has_knockout:
            self.knockouts[division] = self._stage(division, division_id, "knockout")

    def _stage(self, division: str | None, division_id: int | None, kind: str) -> Stage:
        part = self.options.get((division, kind == "knockout"))
        stage = Stage(
            event_id=self.event.id,
            kind=kind,
            division_id=division_id,
            position=2 if kind == "knockout" else 1,
            options=part.options if part else {},
        )
        db.session.add(stage)
        db.session.flush()
        return stage

    def _group(self, stage: Stage, division: str | None, name: str | None, names: list[str], position: int) -> None:
        group = Group(event_id=self.event.id, stage_id=stage.id, name=name or "", position=position)
        db.session.add(group)
        db.session.flush()
        self.groups[division, name] = group
        self._entries += [
            {"event_id": self.event.id, "group_id": group.id, "team_id": self.teams[team].id} for team in names
        ]
        yield_to_others()
