"""Names of events, as the guard reads them before the library does."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timely.live.socketio.packet_guard import event_name


@pytest.mark.parametrize(
    ("packet", "name"),
    [
        ('2["subscribe",{"topics":["results"]}]', "subscribe"),
        ('2["connect"]', "connect"),
        ('2/x,12[ "connect",{}]', "connect"),
        ('20["disconnect"]', "disconnect"),
        ('2["\\u0063onnect"]', "connect"),
        ('2["say \\"connect\\""]', 'say "connect"'),
        ('3["connect"]', None),  # an acknowledgement
        ("0", None),
        ('2[1,"connect"]', None),
        ('2["connect', None),
        ('2["\\x"]', None),
        ("2", None),
        ("", None),
    ],
)
def test_the_name_of_an_event(packet, name):
    assert event_name(packet) == name


@given(st.text(), st.sampled_from(["", "7", "/room,", "/room,7"]), st.booleans())
def test_it_is_what_json_says(name, prefix, is_ascii):
    assert event_name(f"2{prefix}" + json.dumps([name, {"a": ["b"]}], ensure_ascii=is_ascii)) == name
