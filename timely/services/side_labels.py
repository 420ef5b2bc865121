"""Parses typed labels of sides that are not known yet ("A5", "Winner QF2") into sources, so that they fill in."""

from collections import Counter
from collections.abc import Collection, Sequence

from timely.domain.errors import ValidationError
from timely.domain.knockout.labels import named_tie, read_label
from timely.domain.knockout.link_inference import code_by_hand
from timely.domain.knockout.source import LoserOf, WinnerOf, read_source
from timely.domain.knockout.tie import circle_in, circle_text
from timely.domain.translation import lazy_gettext
from timely.extensions import db
from timely.models import Event, Fixture
from timely.services.batches import in_batches
from timely.services.errors import RuleBroken

SIDES = ("home", "away")


def read_labels(event: Event, arranged: Fixture | None = None) -> None:
    """Gives sides the sources that their labels name, inside the running transaction. Other labels stay text.

    Such a side waits for the team that comes there, and its game has a code and appears in the bracket. A label is read
    only where the side has no source; in the game that is being *arranged* the label is newer, and replaces the source.
    Raises RuleBroken if that game would wait for itself.
    """
    tables = {stage.division_id: stage for stage in event.stages if stage.kind != "knockout"}
    for stage in [stage for stage in event.stages if stage.kind == "knockout"]:
        games = [one for one in event.fixtures if one.stage is stage]
        table = tables.get(stage.division_id)
        _read(games, [group.name for group in table.groups] if table else [], arranged)
    db.session.flush()
    if arranged is not None and arranged.code and arranged.code in _circle(event.fixtures, arranged.stage_id):
        raise RuleBroken(lazy_gettext("This game would wait for a game that waits for it."), field="home_label")


def read_labels_of_file(event: Event) -> None:
    """The same for an event that is being imported. Raises ValidationError if ties would wait for each other."""
    read_labels(event)
    for stage in event.stages:
        circle = _circle(event.fixtures, stage.id) if stage.kind == "knockout" else []
        if circle:
            raise ValidationError("matches", lazy_gettext("can never be played: %(chain)s", chain=circle_text(circle)))


def _read(games: Sequence[Fixture], groups: Collection[str], arranged: Fixture | None) -> None:
    named = Counter(code for game in games for code in _named_by(game))
    codes = {one.code for one in games if one.code}
    # A game that another label names needs its code before that label is read.
    for game in games if named else ():
        if not game.code:
            code = code_by_hand(game.round, codes)
            if named[code.casefold()] > _named_by(game).count(code.casefold()):
                game.code = code
                codes.add(code)
    for some in in_batches(games):
        for game in some:
            others = codes - {game.code}
            for side in SIDES:
                if game is arranged or getattr(game, f"{side}_source") is None:
                    _read_side(game, side, groups, others)
            if not game.code and (game.home_source or game.away_source):
                game.code = code_by_hand(game.round, codes)
                codes.add(game.code)


def _named_by(game: Fixture) -> list[str]:
    """The codes of the ties that the game's labels name, case-folded."""
    return [code for label in (game.home_label, game.away_label) if label and (code := named_tie(label))]


def _read_side(game: Fixture, side: str, groups: Collection[str], codes: Collection[str]) -> None:
    label = getattr(game, f"{side}_label")
    if not label or getattr(game, f"{side}_team") is not None:
        return
    source = read_label(label, groups, codes)
    if source is not None:
        setattr(game, f"{side}_source", source.as_dict())
        setattr(game, f"{side}_label", "")


def _circle(games: Collection[Fixture], stage_id: int) -> list[str]:
    waits: dict[str, list[str]] = {}
    for one in games:
        if one.stage_id == stage_id and one.code:
            sources = [read_source(source) for source in (one.home_source, one.away_source) if source]
            waits.setdefault(one.code, []).extend(
                source.code for source in sources if isinstance(source, WinnerOf | LoserOf)
            )
    return circle_in(waits)
