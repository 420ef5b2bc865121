"""Points of rugby: compared with adding up tries, conversions and kicks one by one."""

import pytest

from timely.domain.errors import ValidationError
from timely.domain.scores.rugby import can_be_scored, check_points

# {tries: the points that so many tries can come to with any conversions and kicks at goal}
MADE = {
    tries: {5 * tries + 2 * converted + 3 * kicks for converted in range(tries + 1) for kicks in range(40)}
    for tries in range(8)
}


@pytest.mark.parametrize("tries", MADE)
def test_so_many_tries_make_these_points_and_no_others(tries):
    assert [points for points in range(60) if can_be_scored(points, tries)] == [
        points for points in range(60) if points in MADE[tries]
    ]


def test_without_the_tries_only_three_scores_cannot_be():
    assert [points for points in range(100) if not can_be_scored(points, None)] == [1, 2, 4]


@pytest.mark.parametrize(
    ("points", "tries", "words"),
    [
        (4, None, "score: nobody scores 4 in rugby; where a try is one point, give the tries too"),
        (4, 5, "tries: 5 tries are more than the 4 points scored"),
        (6, 1, "tries: 1 try does not make 6 points"),
        (9, 2, "tries: 2 tries do not make 9 points"),
    ],
)
def test_what_is_said_of_points_that_cannot_be(points, tries, words):
    with pytest.raises(ValidationError) as caught:
        check_points(points, tries, "score", "tries")
    assert str(caught.value) == words


@pytest.mark.parametrize(("points", "tries"), [(0, None), (0, 0), (3, None), (7, 1), (4, 4), (1, 1), (10, 2)])
def test_possible(points, tries):
    check_points(points, tries, "score", "tries")
