"""The numbers that records go by."""

import pytest

from timely.models.ids import LARGEST_ID, read_id


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("7", 7),
        ("007", 7),
        (str(LARGEST_ID), LARGEST_ID),
        (str(LARGEST_ID + 1), 0),
        ("9" * 5000, 0),
        ("", 0),
        ("-7", 0),
        ("+7", 0),
        (" 7", 0),
        ("7.0", 0),
        ("٧", 0),
        ("²", 0),
    ],
)
def test_an_id_is_read_as_it_is_written(text, id_):
    assert read_id(text) == id_
