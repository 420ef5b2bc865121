"""Form of a deduction."""

from timely.domain.translation import lazy_gettext, lazy_pgettext
from timely.models import Event
from timely.queries.teams import team_choices
from timely.services.deductions import MOST_POINTS
from timely.web.fields import BaseForm, ChoiceField, WholeNumberField, text


class DeductionForm(BaseForm):
    team = ChoiceField(lazy_gettext("Team"))
    points = WholeNumberField(lazy_gettext("Points taken off"), -MOST_POINTS, MOST_POINTS)
    reason = text(lazy_pgettext("reason", "Why"), 200, required=lazy_gettext("Say why."))

    def for_event(self, event: Event) -> None:
        self.team.offer(team_choices(event))
