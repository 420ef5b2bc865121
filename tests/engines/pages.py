"""Questions to an open live page, in JavaScript that the oldest engine understands."""

import json
import time
from typing import Any
from urllib.parse import urlencode

from tests.browser.conftest import League
from tests.engines.engine import WithScript
from tests.engines.processes import Broken, wait_for
from timely.domain.rulebooks import rules_for
from timely.domain.sports import SPORTS
from timely.domain.standings.columns import columns
from timely.domain.translation import Language, in_language, pgettext

TABLE = """
(function () {
  var rows = document.querySelectorAll('[data-list=leaderboard] tr[data-row]'), keys = %s, lines = [], i, k, line;
  for (i = 0; i < rows.length; i += 1) {
    if (rows[i].getAttribute('hidden') !== null) { continue; }
    line = [];
    for (k = 0; k < keys.length; k += 1) {
      line.push(rows[i].querySelector('[data-field=' + keys[k] + ']').textContent);
    }
    lines.push(line);
  }
  return JSON.stringify(lines);
}())
"""
KEYS = ("position", "team_name", "p", "w", "d", "l", "gf", "ga", "gd", "pts")

WORDS = """
(function () {
  var list = document.querySelector('[data-list=leaderboard]'), i;
  function texts(root, selector) {
    var found = root.querySelectorAll(selector), all = [];
    for (i = 0; i < found.length; i += 1) { all.push(found[i].textContent); }
    return all;
  }
  return JSON.stringify({
    lang: document.documentElement.getAttribute('lang'),
    heads: texts(list.parentNode, 'thead th'),
    forms: texts(list, 'tr[data-row] td[data-form]')
  });
}())
"""

STATE = """
(function () {
  var indicator = document.querySelector('[data-indicator]');
  return location.href === %s && indicator ? indicator.getAttribute('data-now') : '';
}())
"""

# The page itself notes when a cell came to say what is expected; asking it from outside would take its time.
# What is asked for meanwhile is counted: on a WebSocket or an event stream there is no polling.
WATCH = """
(function (team, points) {
  var open = XMLHttpRequest.prototype.open;
  window.timelyTest = window.timelyTest || {asked: []};
  window.timelyTest.at = 0;
  if (!window.timelyTest.timer) {
    XMLHttpRequest.prototype.open = function (method, url) {
      window.timelyTest.asked.push(String(url));
      return open.apply(this, arguments);
    };
  }
  clearInterval(window.timelyTest.timer);
  window.timelyTest.timer = setInterval(function () {
    var rows = document.querySelectorAll('[data-list=leaderboard] tr[data-row]'), i;
    for (i = 0; i < rows.length && !window.timelyTest.at; i += 1) {
      if (rows[i].querySelector('[data-field=team_name]').textContent === team &&
          rows[i].querySelector('[data-field=pts]').textContent === points) {
        window.timelyTest.at = new Date().getTime();
      }
    }
  }, 4);
  return true;
}(%s, %s))
"""


class LivePage:
    """The leaderboard of *league* in *engine*, asked for with these *arguments* in its address."""

    def __init__(self, engine: WithScript, league: League, arguments: dict[str, str]) -> None:
        self.engine = engine
        self.league = league
        self.url = league.url(f"leaderboard/?{urlencode(arguments)}" if arguments else "leaderboard/")

    def open(self) -> None:
        """Returns once the status indicator says live."""
        self.engine.open(self.url)
        wait_for(lambda: self._state() == "live", "the status indicator says live")

    def watch(self, team: str, points: str) -> None:
        """From now on the page notes when the team has so many points."""
        self.engine.evaluate(WATCH % (json.dumps(team), json.dumps(points)))

    def seen_at(self, seconds: float) -> float:
        """When what is watched for was first seen: seconds since 1970. Raises Broken if it is not."""
        return float(
            wait_for(lambda: self.engine.evaluate("window.timelyTest.at"), "the new result is seen", seconds) / 1000
        )

    def asked(self) -> list[str]:
        """The addresses that the page has asked for since it has been watched. A page loaded anew knows none."""
        asked: list[str] = json.loads(self.engine.evaluate("JSON.stringify(window.timelyTest.asked)"))
        return asked

    def is_the_same(self) -> bool:
        """False where the page has been loaded again."""
        return bool(self.engine.evaluate("typeof window.timelyTest === 'object'"))

    def transport(self) -> str:
        return str(self.engine.evaluate("Timely.connection.transport()"))

    def table(self) -> list[list[str]]:
        rows: list[list[str]] = json.loads(self.engine.evaluate(TABLE % json.dumps(KEYS)))
        return rows

    def wait_for_table(self, expected: list[list[str]]) -> None:
        """Rows that travel are in their places at once; one that was filled late is waited for."""
        give_up_at = time.monotonic() + 3
        while (table := self.table()) != expected:
            if time.monotonic() > give_up_at:
                raise Broken(f"the table is {table}, not {expected}")
            time.sleep(0.05)

    def words(self) -> dict[str, Any]:
        """{lang: of the document, heads: of the table, forms: the letters of each row}"""
        words: dict[str, Any] = json.loads(self.engine.evaluate(WORDS))
        return words

    def _state(self) -> Any:
        try:
            return self.engine.evaluate(STATE % json.dumps(self.url))
        except Broken:  # between two pages there is none to ask
            return ""


def table_of(league: League) -> list[list[str]]:
    """What the page is to show, from the API."""
    return [[str(row.get(f"{key}_text", row[key])) for key in KEYS] for row in _rows(league)]


def words_of(league: League, language: Language) -> dict[str, Any]:
    """The `words()` that the page is to have in the language, from its catalogue and the results in the API."""
    with in_language(language):
        letters = {
            "W": pgettext("game in a team's form", "W"),
            "D": pgettext("game in a team's form", "D"),
            "L": pgettext("game in a team's form", "L"),
        }
        heads = [str(column.head) for column in columns(SPORTS["football"], rules_for("football"))]
        return {
            "lang": language.code,
            "heads": ["#", pgettext("who plays", "Team"), *heads],
            "forms": ["".join(letters[letter] for letter in row["form"]) for row in _rows(league)],
        }


def _rows(league: League) -> list[dict[str, Any]]:
    (table,) = league.server.call("GET", f"/api/events/{league.id}/leaderboard/")["tables"]
    rows: list[dict[str, Any]] = table["leaderboard"]
    return rows
