"""Rows and messages in a language of brackets: each word that Timely says itself stands in them."""

import json
from gettext import NullTranslations

import pytest

from tests.conftest import season
from timely.domain.translation import Language, in_language
from timely.event_file.read import read_event
from timely.languages.available import languages
from timely.live.messages import build
from timely.live.topics import topic_of
from timely.presenters.explanation import why
from timely.presenters.format_text import formats_text
from timely.presenters.rules_text import rules_text
from timely.presenters.table_rows import table_row
from timely.queries.explanations import explanation
from timely.queries.tables import leaderboard
from timely.services.event_files import import_event


class Bracketed(NullTranslations):
    def gettext(self, message):
        return f"[{message}]"

    def ngettext(self, singular, plural, n):
        return f"[{singular if n == 1 else plural}]"

    def pgettext(self, context, message):
        return f"[{message}]"

    def npgettext(self, context, singular, plural, n):
        return f"[{singular if n == 1 else plural}]"


BRACKETED = Language("xx", Bracketed())


@pytest.fixture(name="event")
def world_cup(in_app):
    return import_event(read_event(season("football_world_cup_2018")))


def test_messages_are_plain_json_with_words_of_the_language(event):
    languages().by_code[BRACKETED.code] = BRACKETED
    found = {
        key: build(topic_of(event.id, key), 0, code=BRACKETED.code)["data"] for key in ("event", "results", "schedule")
    }
    json.dumps(found)
    assert (found["event"]["sport_text"], found["event"]["status_text"]) == ("[Football]", "[Finished]")
    assert found["event"]["played_text"] == "[64 of 64 games]"
    assert {table["name_text"] for table in found["results"]["more_tables"]} >= {"[Group B]", "[Group H]"}
    games = found["schedule"]["fixtures"]
    assert {game["status_text"] for game in games} == {"[Full time]"}
    assert {game["group_text"] for game in games} >= {"", "[Group A]"}
    assert {game["round_text"] for game in games} >= {"[Round of 16]", "[Final]"}
    assert {tie["home"]["from_text"] for tie in found["schedule"]["ties"]} >= {"A1", "[Winner QF1]", "[Loser SF1]"}
    assert {tie["note"] for tie in found["schedule"]["ties"]} >= {"", "[aet]", "[3–2 pens]"}


def test_a_table_and_its_explanation(event):
    with in_language(BRACKETED):
        table = leaderboard(event)[0]
        row = table_row(table)
        told = [why(event, explanation(event, str(table.group.id), line.team.id)) for line in table.lines]
        assert all(line.startswith("[") for line in [*rules_text(event), *(text for _, text in formats_text(event))])
    json.dumps(row)
    assert all(text.startswith("[") for column in row["columns"] for text in (column["head"], column["title"]))
    assert (row["title"], row["team_head"]) == ("[Group A]", "[Team]")
    for one in told:
        assert one["rule"].startswith("[")
        assert one["table"] == "[Group A]"
        steps = [step for part in one["parts"] for step in part["steps"]]
        assert all(step["title"].startswith("[") and step["outcome"].startswith("[") for step in steps)
