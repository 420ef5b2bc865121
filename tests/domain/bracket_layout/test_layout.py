"""Places of the boxes and lines of a bracket, on a screen and on paper."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timely.domain.bracket_layout.layout import Drawing, by_round, draw, draw_compactly
from timely.domain.bracket_layout.paper import A4, draw_on_paper
from timely.domain.knockout.source import WinnerOf
from timely.domain.knockout.tie import Tie
from timely.domain.knockout.tree import knockout

SIZES = st.integers(2, 128)


def check(drawing: Drawing) -> None:
    """Nothing overlaps, nothing leaves the drawing, every line leads from one box to the next, squarely."""
    for box in drawing.boxes:
        assert -0.01 <= box.x <= box.x + box.width <= drawing.width + 0.01
        assert -0.01 <= box.y <= box.y + box.height <= drawing.height + 0.01
    columns: dict[float, list] = {}
    for box in drawing.boxes:
        columns.setdefault(box.x, []).append(box)
    for column in columns.values():
        column.sort(key=lambda box: box.y)
        assert all(upper.y + upper.height < lower.y for upper, lower in pairwise(column))
    starts = sorted(columns)
    assert all(one + columns[one][0].width < other for one, other in pairwise(starts))
    by_code = {box.code: box for box in drawing.boxes}
    assert len(by_code) == len(drawing.boxes)
    for line in drawing.connectors:
        start, end = by_code[line.from_code], by_code[line.to_code]
        assert line.points[0][1] == pytest.approx(start.y + start.height / 2)
        assert line.points[-1][1] == pytest.approx(end.y + end.height / 2)
        assert {line.points[0][0]} <= {start.x, start.x + start.width}
        assert {line.points[-1][0]} <= {end.x, end.x + end.width}
        assert all(one[0] == other[0] or one[1] == other[1] for one, other in pairwise(line.points))
    for one in drawing.headings:
        assert 0 <= one.x <= one.x + one.width <= drawing.width + 0.01
        assert 0 <= one.y <= drawing.height


def test_four():
    drawing = draw(knockout(["Ash", "Birch", "Cedar", "Dill"], third_place=True))
    at = {box.code: (box.column, box.x, box.y) for box in drawing.boxes}
    assert at == {
        "SF1": (0, 8, 36),
        "SF2": (0, 8, 102),
        "F": (1, 224, 69),
        "3P": (1, 224, 196),
    }
    assert [line.points for line in drawing.connectors] == [
        ((188, 62), (206, 62), (206, 95), (224, 95)),
        ((188, 128), (206, 128), (206, 95), (224, 95)),
    ]
    assert [one.text for one in drawing.headings] == ["Final", "Semi-finals", "3rd place"]
    assert (drawing.width, drawing.height) == (412, 270)


@pytest.mark.parametrize("size", [4, 16, 64, 128])
def test_a_full_bracket(size):
    drawing = draw(knockout(range(size)))
    rounds = size.bit_length() - 1
    assert {box.column for box in drawing.boxes} == set(range(rounds))
    assert [sum(box.column == column for box in drawing.boxes) for column in range(rounds)] == [
        size >> (column + 1) for column in range(rounds)
    ]
    assert len(drawing.connectors) == size - 2
    final = next(box for box in drawing.boxes if box.code == "F")
    first = [box for box in drawing.boxes if box.column == 0]
    assert final.y == pytest.approx((first[0].y + first[-1].y) / 2)
    assert [box.row for box in first] == list(range(size // 2))


@given(SIZES, st.booleans(), st.booleans())
@settings(deadline=None)
def test_every_tie_is_drawn_once_and_nothing_overlaps(size, third_place, all_places):
    ties = knockout(range(size), third_place=third_place, all_places=all_places)
    drawing = draw(ties)
    check(drawing)
    assert sorted(box.code for box in drawing.boxes) == sorted(tie.code for tie in ties)
    links = {(side.code, tie.code) for tie in ties for side in (tie.home, tie.away) if isinstance(side, WinnerOf)}
    assert {(line.from_code, line.to_code) for line in drawing.connectors} == links


@given(SIZES, st.booleans(), st.booleans())
@settings(deadline=None)
def test_every_tie_is_on_one_sheet_of_paper(size, third_place, all_places):
    ties = knockout(range(size), third_place=third_place, all_places=all_places)
    pages = draw_on_paper(ties)
    for page in pages:
        check(page)
        assert (page.width, page.height) == (A4.width, A4.height)
        # Below the page's title, each heading above the boxes of its column.
        assert all(one.y >= A4.title - 0.01 for one in page.headings)
        for one in page.headings:
            column = [box.y for box in page.boxes if box.x == pytest.approx(one.x)]
            assert any(one.y + A4.heading <= y + 0.01 for y in column)
    drawn = [box.code for page in pages for box in page.boxes]
    assert sorted(drawn) == sorted(tie.code for tie in ties)
    main = {tie.code for tie in knockout(range(size), third_place=third_place or all_places)}
    assert {box.code for box in pages[0].boxes} == main
    assert all_places or len(pages) == 1


def test_64_fit_on_one_page_with_the_final_in_the_middle():
    (page,) = draw_on_paper(knockout(range(64), third_place=True))
    boxes = {box.code: box for box in page.boxes}
    final = boxes["F"]
    assert final.x + final.width / 2 == pytest.approx(A4.width / 2)
    assert boxes["SF1"].x < final.x < boxes["SF2"].x
    assert boxes["SF1"].y == pytest.approx(boxes["SF2"].y)
    assert boxes["R64-1"].x == pytest.approx(A4.margin)
    assert boxes["R64-32"].x + boxes["R64-32"].width == pytest.approx(A4.width - A4.margin)
    assert min(box.height for box in page.boxes) > 9  # two names of 4 mm
    assert min(box.width for box in page.boxes) > 21


@pytest.mark.parametrize("size", [25, 28, 30])
def test_from_both_sides_boxes_have_their_largest_height_where_there_is_room(size):
    (page,) = draw_on_paper(knockout(range(size)))
    assert {round(box.height, 6) for box in page.boxes} == {A4.largest_box}


def test_128_can_still_be_read_on_one_page():
    (page,) = draw_on_paper(knockout(range(128)))
    assert min(box.height for box in page.boxes) > 4.5


def test_the_other_places_follow_best_first():
    page = draw_on_paper(knockout(range(16), all_places=True))[1]
    finals = sorted((box for box in page.boxes if box.code.endswith("P")), key=lambda box: box.y)
    assert [box.code for box in finals][:3] == ["5P", "7P", "9P"]


def test_two_and_none():
    (page,) = draw_on_paper(knockout(["Ash", "Birch"]))
    assert [box.code for box in page.boxes] == ["F"]
    assert draw([]).boxes == draw_on_paper([]) == by_round([]) == []


def test_round_by_round_for_a_phone():
    rounds = by_round(knockout(range(6), third_place=True))
    assert [(one.name, [tie.code for tie in one.ties]) for one in rounds] == [
        ("Quarter-finals", ["QF1", "QF2"]),
        ("Semi-finals", ["SF1", "SF2"]),
        ("3rd place", ["3P"]),
        ("Final", ["F"]),
    ]


def test_brackets_of_an_imported_cup_and_plate():
    ties = [
        Tie("F", "Cup final", 1, WinnerOf("A"), WinnerOf("B")),
        Tie("A", "Cup", 1, 1, 2),
        Tie("B", "Cup", 2, 3, 4),
        Tie("P", "Plate final", 1, 5, 6),
    ]
    drawing = draw(ties)
    check(drawing)
    top = {box.code: box.y for box in drawing.boxes}
    assert max(top["A"], top["B"], top["F"]) < top["P"]


def test_a_chain_of_any_length_is_drawn():
    chain = [Tie("0", "", 1, "x", "y")] + [Tie(str(n), str(n), 1, WinnerOf(str(n - 1)), n) for n in range(1, 2000)]
    drawing = draw(chain)
    assert len(drawing.boxes) == 2000
    assert all(one.x != other.x for one, other in combinations(drawing.boxes[:50], 2))


@pytest.mark.parametrize("size", [3, 4, 8, 11, 64])
@pytest.mark.parametrize("all_places", [False, True])
def test_drawn_compactly_the_third_place_is_under_the_final_and_costs_no_row_of_its_own(size, all_places):
    ties = knockout(range(size), third_place=True, all_places=all_places)
    drawing = draw_compactly(ties)
    assert sorted(box.code for box in drawing.boxes) == sorted(tie.code for tie in ties)
    check(drawing)
    assert drawing.height <= draw(ties).height
    if "3P" in {tie.code for tie in ties}:
        at = {box.code: box for box in drawing.boxes}
        assert at["3P"].x == at["F"].x
        assert at["F"].y + at["F"].height < at["3P"].y
