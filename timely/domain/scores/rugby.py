"""Points of rugby: tries are worth 5, their conversions 2, kicks at goal 3."""

from timely.domain.errors import ValidationError
from timely.domain.translation import lazy_gettext, lazy_ngettext

TRY, CONVERSION, KICK = 5, 2, 3


def can_be_scored(points: int, tries: int | None) -> bool:
    """Whether that many points can be made, with so many tries if they are known."""
    counts = range(points // TRY + 1) if tries is None else (tries,)
    return any(
        rest >= 0 and rest % KICK == 0
        for count in counts
        for conversions in range(min(count, KICK) + 1)
        if (rest := points - TRY * count - CONVERSION * conversions) >= 0
    )


def check_points(points: int, tries: int | None, path: str, tries_path: str) -> None:
    """Raises ValidationError. In the youngest age groups a try is one point, and then the tries are the score."""
    if tries is None:
        if not can_be_scored(points, None):
            raise ValidationError(
                path,
                lazy_gettext(
                    "nobody scores %(points)s in rugby; where a try is one point, give the tries too", points=points
                ),
            )
    elif tries > points:
        raise ValidationError(
            tries_path,
            lazy_gettext("%(tries)s tries are more than the %(points)s points scored", tries=tries, points=points),
        )
    elif tries != points and not can_be_scored(points, tries):
        raise ValidationError(
            tries_path,
            lazy_ngettext(
                "%(num)s try does not make %(points)s points",
                "%(num)s tries do not make %(points)s points",
                tries,
                points=points,
            ),
        )
