"""Numbers of teams in the groups of a stage."""

from sqlalchemy import bindparam, func, select

from timely.extensions import db
from timely.models import Entry, Group, Stage
from timely.models.base import table_of

_groups, _entries = table_of(Group), table_of(Entry)
# Built once: asked for with each page of an event that is drawn.
SIZES = (
    select(func.count(_entries.c.id))
    .select_from(_groups.outerjoin(_entries, _entries.c.group_id == _groups.c.id))
    .where(_groups.c.stage_id == bindparam("stage_id"))
    .group_by(_groups.c.id)
    .order_by(_groups.c.position)
)


def group_sizes(stage: Stage) -> list[int]:
    """The number of teams in each group of the stage, in order; no group and no entry is loaded for it."""
    return [size for (size,) in db.session.execute(SIZES, {"stage_id": stage.id})]
