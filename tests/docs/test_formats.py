"""docs/formats.md says what the code does."""

import json
import re
from dataclasses import fields
from pathlib import Path

from timely.domain.formats.format import DRAWS, KINDS, SEEDINGS, Format, read_format
from timely.domain.knockout.source import read_source
from timely.domain.knockout.tree import knockout

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text("utf-8")


def test_every_key_stands_there_with_what_it_is_when_left_out():
    rows = dict(re.findall(r"^\| `(\w+)` \| .* \| (.+) \|$", PAGE, re.MULTILINE))
    defaults = {one.name: json.dumps(one.default).strip('"') for one in fields(Format) if one.name != "kind"}
    assert {key: rows[key].strip("`") for key in defaults} == defaults
    for word in (*KINDS, *DRAWS, *SEEDINGS):
        assert f"`{word}`" in PAGE


def test_the_example_is_one():
    example = json.loads(re.search(r"```json\n(.+)\n```", PAGE)[1])
    assert read_format(example).as_dict() == example


def test_the_sources_are_read_as_they_are_shown():
    rows = re.findall(r"^\| `(\{.+\})` \| (.+?)(?: \(.*)? \|$", PAGE, re.MULTILINE)
    assert [read_source(json.loads(data)).label for data, _ in rows] == [label for _, label in rows]
    assert len(rows) == 6


def test_the_codes_are_those_of_our_ties():
    codes = {tie.code for size in (16, 32) for tie in knockout(range(size), all_places=True)}
    table = PAGE.split("| code | tie |")[1].split("\n\n")[0]
    named = re.findall(r"`([^`]+)`", table)
    assert len(named) == 10
    assert set(named) <= codes
