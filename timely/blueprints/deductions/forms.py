"""Form of a deduction."""

from timely.models import Event
from timely.queries.teams import team_choices
from timely.services.deductions import MOST_POINTS
from timely.web.fields import BaseForm, ChoiceField, WholeNumberField, text


class DeductionForm(BaseForm):
    team = ChoiceField("Team")
    points = WholeNumberField("Points taken off", -MOST_POINTS, MOST_POINTS)
    reason = text("Why", 200, required="Say why.")

    def for_event(self, event: Event) -> None:
        self.team.offer(team_choices(event))
