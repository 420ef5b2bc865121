"""On a projector: one screen up to sixteen, parts and the last rounds beyond, and nothing off the screen."""

from itertools import combinations, pairwise

import pytest

from timely.domain.bracket_layout.projector import MOST_ROWS, draw_in_hall
from timely.domain.knockout.tree import knockout


@pytest.mark.parametrize(("size", "parts"), [(2, 0), (4, 0), (8, 0), (16, 0), (32, 2), (64, 4), (128, 8)])
def test_a_large_bracket_is_shown_in_parts_and_then_its_last_rounds(size, parts):
    ties = knockout(range(size), third_place=size > 2)
    screens = draw_in_hall(ties)
    assert [(one.part, one.of) for one in screens] == [(n, parts) for n in range(1, parts + 1)] + [(0, 0)]
    assert {box.code for screen in screens for box in screen.drawing.boxes} == {tie.code for tie in ties}
    assert screens[-1].drawing.boxes[0].code == "F"


@pytest.mark.parametrize("size", [3, 4, 7, 11, 16, 23, 48, 64, 100, 128])
def test_nothing_overlaps_and_boxes_stay_large(size):
    for screen in draw_in_hall(knockout(range(size), third_place=True)):
        drawing = screen.drawing
        for one, other in combinations(drawing.boxes, 2):
            apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
            apart_y = one.y + one.height <= other.y or other.y + other.height <= one.y
            assert apart_x or apart_y, (size, one.code, other.code)
        assert all(box.x >= 0 and box.x + box.width <= drawing.width for box in drawing.boxes)
        assert all(box.y >= 0 and box.y + box.height <= drawing.height for box in drawing.boxes)
        # As tall as the screen is at most, so that nothing is made smaller to fit.
        assert drawing.width <= 1780.5
        assert drawing.height <= 1000
        assert min(box.height for box in drawing.boxes) >= 78
        columns: dict[int, int] = {}
        for box in drawing.boxes:
            columns[box.column] = columns.get(box.column, 0) + 1
        assert max(columns.values()) <= MOST_ROWS


@pytest.mark.parametrize("size", [16, 64])
def test_a_wide_bracket_fills_the_screen_between_equal_margins(size):
    for screen in draw_in_hall(knockout(range(size))):
        left = min(box.x for box in screen.drawing.boxes)
        right = max(box.x + box.width for box in screen.drawing.boxes)
        if screen.drawing.width > 1700:
            assert (left, right) == pytest.approx((4, 1776))
    assert any(screen.drawing.width > 1700 for screen in draw_in_hall(knockout(range(size))))


def test_eight_rows_and_their_heading_fill_the_height_of_the_screen():
    (screen,) = draw_in_hall(knockout(range(16)))
    first = sorted(box.y for box in screen.drawing.boxes if box.column == 0)
    rows = {round(lower - upper, 6) for upper, lower in pairwise(first)}
    assert rows == {(820 - 1.5 * 48) / 8}


def test_the_third_place_stands_under_the_final():
    (screen,) = draw_in_hall(knockout(range(8), third_place=True))
    at = {box.code: box for box in screen.drawing.boxes}
    assert at["3P"].x == at["F"].x
    assert at["3P"].y > at["F"].y + at["F"].height
    assert [one.text for one in screen.drawing.headings][-1] == "3rd place"


def test_few_other_places_have_a_screen_and_many_have_none():
    def shown(size: int) -> set[str]:
        screens = draw_in_hall(knockout(range(size), third_place=True, all_places=True))
        return {box.code for screen in screens for box in screen.drawing.boxes}

    assert {"5P", "7P", "P5-8-1"} <= shown(8)
    assert "5P" not in shown(32)


def test_nothing_to_draw():
    assert draw_in_hall([]) == []
