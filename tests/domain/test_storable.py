"""Text that no database and no export can hold: found in parsed JSON, in keys as in values, and mended."""

import json

import pytest

from timely.domain.scores.stored_details import is_readable
from timely.domain.storable import storable, unstorable


@pytest.mark.parametrize(
    ("text", "path"),
    [
        (r'{"a": "\ud800"}', "a"),
        (r'{"a": {"b": ["x", "\udfff"]}}', "a.b[1]"),
        (r'{"a": {"\ud83d": 1}}', r"a.\ud83d"),
        (r'["a\u0000"]', "[0]"),
        (r'{"first": "\udc00", "second": "\udc00"}', "first"),
        (r'{"a": "\ud83d\ude00 is whole"}', None),
        ('{"a": [1, 2.5, null, true, "é\\n"]}', None),
    ],
)
def test_the_first_text_that_cannot_be_stored_is_named(text: str, path: str | None) -> None:
    data = json.loads(text)
    assert unstorable(data) == path
    mended = storable(data)
    assert unstorable(mended) is None
    assert json.dumps(mended, ensure_ascii=False).encode()
    assert (mended == data) is (path is None)


def test_a_deep_one_is_looked_through() -> None:
    deep: object = "\ud800"
    for _ in range(50_000):
        deep = [deep]
    assert unstorable(deep) == "[0]" * 50_000


@pytest.mark.parametrize(
    "extra",
    [
        {},
        {"sets": [[25, 19], [22, 25]], "tie_breaks": [None, [7, 5]]},
        {"cards": {"home": {"yellow": 2}}, "overtime": True},
        {"innings": {"home": {"runs": 150, "wickets": 7, "overs": "20"}, "quota": "20"}},
        {"cards": {"home": {"a" * 9000: 1}}},  # an earlier version took it
    ],
)
def test_what_was_saved_is_readable(extra: object) -> None:
    assert is_readable(extra)


@pytest.mark.parametrize(
    "extra",
    [
        None,
        [],
        "sets",
        {"sets": [[25]]},
        {"sets": 3},
        {"periods": [["a", "b"]]},
        {"tie_breaks": [7]},
        {"cards": [1]},
        {"cards": {"home": "two"}},
        {"innings": {"home": [1]}},
        {"innings": 5},
        {"tries": {"home": "x"}},
        {"overtime": "yes"},
    ],
)
def test_another_shape_is_not(extra: object) -> None:
    assert not is_readable(extra)
