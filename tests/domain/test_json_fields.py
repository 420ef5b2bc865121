"""Fields of JSON are checked, each with its path and bound; a file, rules and a request say it in the same words."""

import pytest

from timely.blueprints.api.json_body import Body, BodyFault
from timely.domain.errors import ValidationError
from timely.domain.json_fields import JsonFields
from timely.domain.rules.rules import read_rules
from timely.event_file.fields import Fields


class Collected(JsonFields):
    """Its errors are collected, as those of a request are."""

    def __init__(self, data):
        super().__init__(data, "fixtures[3]")
        self.told = []

    def refuse(self, error):
        self.told.append(str(error))


READS = [
    ("home_score", "2", lambda one, key: one.whole(key), None, 'needs a whole number, not "2"'),
    ("home_score", True, lambda one, key: one.whole(key), None, "needs a whole number, not true"),
    ("home_score", 2.0, lambda one, key: one.get(key, int, required=True), None, "needs a whole number, not 2.0"),
    ("home_score", None, lambda one, key: one.get(key, int, required=True), None, "is missing"),
    ("running", 1, lambda one, key: one.flag(key), False, "needs true or false, not 1"),
    ("extra", [1], lambda one, key: one.get(key, dict), None, 'needs an object such as {"key": value}, not a list'),
    ("extra", {"a": 1, "b": 2}, lambda one, key: one.mapping(key, 1), {}, "has 2 entries, at most 1"),
    ("sets", {}, lambda one, key: one.items(key, 5), [], "needs a list, not an object"),
    ("sets", [0] * 6000, lambda one, key: one.items(key, 5), [], "has 6,000 entries, at most 5"),
    (
        "status",
        "ON",
        lambda one, key: one.choice(key, ("", "LIVE", "FINAL"), ""),
        "",
        'needs one of LIVE, FINAL, not "ON"',
    ),
    ("status", 7, lambda one, key: one.choice(key, ("LIVE",), None), None, "needs one of LIVE, not 7"),
    ("round", "x" * 61, lambda one, key: one.text(key, most=60), "", "is too long: 61 characters, at most 60"),
    ("round", "a\x01b", lambda one, key: one.text(key, most=60), "", "has a character that cannot be shown (code 1)"),
    ("round", "a\nb", lambda one, key: one.text(key, most=60), "", "has a character that cannot be shown (code 10)"),
    ("round", "\u200b", lambda one, key: one.text(key, most=60), "", "has no character that can be seen"),
    ("round", " ", lambda one, key: one.text(key, most=60, required=True), "", "is missing or empty"),
    ("round", 5, lambda one, key: one.text(key, most=60), "", "needs text, not 5"),
    ("date", "28.11.2026", lambda one, key: one.day(key), None, '"28.11.2026" is not a day; write it like 2026-11-28'),
    ("at", "soon", lambda one, key: one.moment(key), None, '"soon" is not a time; write it like 2026-11-28T15:00:00Z'),
    ("at", 5, lambda one, key: one.moment(key), None, "5 is not a time; write it like 2026-11-28T15:00:00Z"),
]


@pytest.mark.parametrize(("key", "value", "read", "default", "words"), READS)
def test_a_wrong_field_is_told_with_its_path_and_has_its_default_where_errors_are_collected(
    key, value, read, default, words
):
    with pytest.raises(ValidationError) as fault:
        read(JsonFields({key: value}, "fixtures[3]"), key)
    assert str(fault.value) == f"fixtures[3].{key}: {words}"
    collected = Collected({key: value})
    assert read(collected, key) == default
    assert collected.told == [f"fixtures[3].{key}: {words}"]


def test_right_fields_are_read_and_the_others_known():
    fields = JsonFields(
        {
            "score": 2,
            "note": " a\nb ",
            "name": "Cafe\u0301",
            "sets": [1],
            "other": 1,
            "status": None,
            "on": "2026-11-28",
        }
    )
    assert (fields.whole("score"), fields.items("sets", 1), fields.choice("status", ("LIVE",), "LIVE")) == (
        2,
        [1],
        "LIVE",
    )
    assert fields.text("note", most=9, lines=True) == "a\nb"
    assert fields.text("name", most=9) == "Caf\u00e9"
    assert fields.day("on").isoformat() == "2026-11-28"
    assert (fields.flag("absent"), fields.mapping("absent", 1), fields.text("absent", "x", most=1)) == (False, {}, "x")
    assert (fields.has("status"), fields.has("absent")) == (True, False)
    assert fields.unread() == {"other"}


def test_a_request_a_file_and_rules_say_it_in_the_same_words(app):
    told = []
    with pytest.raises(ValidationError) as fault:
        read_rules({"head_to_head_restart": "often"})
    told.append(fault.value.message)
    restarts = ("never", "after_block", "immediate")
    with pytest.raises(ValidationError) as fault:
        Fields({"restart": "often"}).choice("restart", restarts, "never")
    told.append(fault.value.message)
    with app.test_request_context(json={"restart": "often", "score": "2"}):
        body = Body()
        body.choice("restart", restarts, "never")
        body.whole("score")
        with pytest.raises(BodyFault) as refused:
            body.done()
    told.append(refused.value.fields["restart"])
    assert told == ['needs one of never, after_block, immediate, not "often"'] * 3
    assert refused.value.fields["score"] == 'needs a whole number, not "2"'


def test_what_is_no_object_is_refused():
    with pytest.raises(ValidationError, match=r"^slots: needs an object such as"):
        JsonFields(["a"], "slots")
    with pytest.raises(ValidationError, match=r"^the file: needs an object such as"):
        Fields([])
