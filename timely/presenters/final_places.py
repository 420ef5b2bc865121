"""Final places of a division as a dict, shared by pages, API and live message."""

from collections import Counter
from collections.abc import Iterable

from timely.domain.translation import gettext, ngettext
from timely.presenters.row import Row
from timely.queries.final_places import FinalPlaces


def final_places_row(found: FinalPlaces) -> Row:
    """The places decided so far, and the champion if there is one."""
    division = found.division
    shared = Counter(place for place, _ in found.places)
    title = gettext("The first three") if found.is_podium else gettext("Final places")
    row: Row = {
        "id": f"places-{division.id if division else 0}",
        "name": f"{division.name} · {title}" if division else title,
        "champion": {"id": found.champion.id, "name": found.champion.name} if found.champion else None,
        "places": [
            {
                "place": place,
                **({"place_text": f"{place}="} if shared[place] > 1 else {}),
                "team_id": team.id,
                "team_name": team.name,
                "team_colour": team.colour,
            }
            for place, team in found.places
        ],
        "open_text": open_text(found.left),
    }
    return row | ({"division": division.name, "division_id": division.id} if division else {})


def decided_places_rows(found: Iterable[FinalPlaces]) -> list[Row]:
    """Rows of the divisions in which a place is decided."""
    return [final_places_row(one) for one in found if one.places]


def open_text(left: int) -> str:
    if not left:
        return ""
    return ngettext("One place is still open.", "%(num)s places are still open.", left)
