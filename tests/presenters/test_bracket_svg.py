"""Names, byes and lines in the boxes of a drawing."""

import pytest

from timely.domain.knockout.tree import knockout
from timely.presenters.bracket import CUTS
from timely.presenters.bracket_svg import BESIDE_THE_NAME, DIGIT, TextSizes, byes, in_hall, on_page, on_paper


@pytest.mark.parametrize("size", [2, 4, 16, 33, 64, 128])
@pytest.mark.parametrize("pictures", [lambda *asked: [on_page(*asked)], on_paper, in_hall])
@pytest.mark.parametrize("shown", [TextSizes(), TextSizes(40, 3), TextSizes(18, 4)], ids=["usual", "long", "runs"])
def test_what_is_in_a_box_fits_into_it(size, pictures, shown):
    for picture in pictures(knockout(range(size), third_place=size > 2), shown):
        inside = picture.inside
        beside = BESIDE_THE_NAME + DIGIT * shown.digits
        assert (CUTS[inside.cut] + beside) * inside.font <= inside.width * 1.01
        assert 0 < inside.caption_y + 0.3 * inside.small < inside.home_y - 0.7 * inside.font or not inside.caption_y
        assert inside.home_y < inside.rule_y < inside.away_y < inside.height
        assert inside.away_y - 0.7 * inside.font >= inside.rule_y


def test_type_can_be_read_where_it_is_shown():
    ties = knockout(range(64), third_place=True)
    assert on_page(ties).inside.font >= 13  # pixels
    assert on_page(knockout(range(16))).inside.font == 15
    assert on_paper(ties)[0].inside.font >= 2  # millimetres, about 6 points
    assert all(one.inside.font >= 25 for one in in_hall(ties))  # of 1080 lines


def test_a_name_is_not_cut_while_its_page_is_empty():
    """Long names in a small bracket are there in full, and short ones in a type no smaller for it."""
    for size, longest in ((4, 31), (8, 20), (16, 13)):
        inside = on_page(knockout(range(size)), TextSizes(longest)).inside
        assert (CUTS[inside.cut], inside.font) == (longest, pytest.approx(15, abs=0.5))
    assert CUTS[on_paper(knockout(range(8)), TextSizes(31))[0].inside.cut] >= 20
    assert on_paper(knockout(range(8)))[0].inside.font > 4


def test_a_bracket_of_64_is_one_sheet_and_has_all_its_ties():
    ties = knockout(range(64), third_place=True)
    (sheet,) = on_paper(ties)
    assert (sheet.width, sheet.height) == (297, 210)
    assert {box.code for box in sheet.boxes} == {tie.code for tie in ties}


def test_who_has_a_bye_is_named_with_the_round_that_they_sit_out():
    found = byes(knockout(range(1, 12)))
    assert {name: [(tie.code, side) for tie, side in came] for name, came in found.items()} == {
        "Preliminary round": [("QF1", "home"), ("QF2", "home"), ("QF2", "away"), ("QF3", "home"), ("QF4", "home")]
    }
    assert byes(knockout(range(16), third_place=True, all_places=True)) == {}


def test_each_bye_is_written_where_its_line_would_arrive():
    ties = knockout(range(1, 12))
    page = on_page(ties)
    assert [word.text for word in page.byes] == ["bye"] * 5
    columns = {box.x for box in page.boxes if box.code.startswith("QF")}
    assert {word.anchor for word in page.byes} == {"end"}
    assert all(word.x < min(columns) for word in page.byes)
    # On a sheet that is read from both sides the lines come from both.
    assert {word.anchor for word in on_paper(knockout(range(40)))[0].byes} == {"start", "end"}
    assert {word.anchor for word in on_paper(ties)[0].byes} == {"end"}


def test_lines_are_level_or_upright():
    lines = on_page(knockout(range(4))).lines
    assert lines.count("M") == 2
    assert set(lines) <= set("MHV0123456789. ")
