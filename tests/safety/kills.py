"""Kill -9 during saves, again and again on the same data: nothing that was confirmed may be lost."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

import requests

from tests.browser.server import Server
from tests.safety.invariants import scores_in, versions_in, violations_of
from tests.safety.scorer import Desk, Program, Score, Unanswered
from tests.safety.subscribers import PageReader, PollSubscriber, SocketSubscriber, Subscriber, scores_of

TEAMS = [f"Team {number:02}" for number in range(8)]
HEAL_SECONDS = 20.0
LONGEST_LIFE = 0.8  # seconds of saving before a kill, after as many saves as were waited for
MOST_WAITED_FOR = 3  # saves that are confirmed before a kill; 0 to this, in turn
SAVE_SECONDS = 30.0
SCORERS = 3
PROGRAMS = 1


@dataclass
class Game:
    """The saves of one game: the score that was confirmed last, and those sent after it."""

    confirmed: Score | None = None
    sent: list[Score] = field(default_factory=list)


@dataclass
class Report:
    """The figures of a run; whatever is in `faults` must not be."""

    kills: int = 0
    confirmed: int = 0
    unanswered: int = 0
    unanswered_saved: int = 0
    refused: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    gone_back: list[str] = field(default_factory=list)
    unhealed: list[str] = field(default_factory=list)
    start_seconds: list[float] = field(default_factory=list)
    heal_seconds: list[float] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        return [*self.refused, *self.lost, *self.broken, *self.gone_back, *self.unhealed]


class Clerk(threading.Thread):
    """One scorer with games of their own; saves as fast as the server answers, while it may."""

    def __init__(self, hand: Desk | Program, games: dict[int, Game], report: Report, may_save: threading.Event) -> None:
        super().__init__(daemon=True)
        self.hand, self.games, self.report, self.may_save = hand, games, report, may_save
        self.is_stopped, self.number, self.is_saving = False, 0, False
        self.dice = random.Random(min(games))

    def run(self) -> None:
        while not self.is_stopped:
            self.may_save.wait(0.2)
            self.is_saving = True
            if self.may_save.is_set() and not self.save_one():
                self.may_save.clear()  # the server is gone; nobody goes on before it has been looked at
            self.is_saving = False

    def save_one(self) -> bool:
        """Whether it was answered. Each score is one that no game of this scorer's has had before."""
        fixture_id = self.dice.choice(list(self.games))
        game = self.games[fixture_id]
        self.number += 1
        score = (self.number // 900, self.number % 900)
        game.sent.append(score)
        try:
            answer = self.hand.save(fixture_id, score)
        except Unanswered:
            return False
        if answer.confirms(score):
            game.confirmed, game.sent = score, []
            self.report.confirmed += 1
        else:
            game.sent.remove(score)
            self.report.refused.append(f"game {fixture_id}, {score}: {answer.status} {answer.text[:300]}")
        return True


class LeagueServer:
    """The server, its scorers and its spectators."""

    def __init__(self, server: Server, seed: int) -> None:
        self.server, self.report = server, Report()
        self.path = server.data_dir / "timely.sqlite3"
        self.dice = random.Random(seed)
        matches = [{"home": one, "away": other, "date": "2026-11-28"} for one, other in combinations(TEAMS, 2)]
        file: dict[str, Any] = {"name": "Killed Cup", "sport": "football", "teams": TEAMS, "matches": matches}
        self.event_id, address = server.import_event(file)
        server.add_person("Ada", "administrator")
        base = server.url().rstrip("/")
        hands: list[Desk | Program] = []
        for number in range(SCORERS + PROGRAMS):
            name = f"Sam {number}"
            server.add_person(name, "scorer", "--event", str(self.event_id))
            if number < SCORERS:
                hands.append(Desk(base, name, self.event_id))
            else:
                hands.append(Program(base, server.token_of(name)))
        server.dismiss_clerk()
        self.epoch, self.versions = versions_in(self.path)
        self.games = {row["id"]: Game() for row in self.fresh()}
        self.may_save = threading.Event()
        self.clerks = [
            Clerk(hand, dict(list(self.games.items())[number :: len(hands)]), self.report, self.may_save)
            for number, hand in enumerate(hands)
        ]
        self.subscribers: list[Subscriber] = [
            SocketSubscriber(base, self.event_id),
            SocketSubscriber(base, self.event_id),
            PollSubscriber(base, self.event_id),
            PageReader(base, self.event_id, address),
        ]
        for clerk in self.clerks:
            clerk.start()

    def fresh(self) -> list[dict[str, Any]]:
        """The schedule as whoever comes now gets it."""
        answer = requests.get(self.server.url(f"/api/events/{self.event_id}/schedule/"), timeout=10)
        answer.raise_for_status()
        fixtures: list[dict[str, Any]] = answer.json()["fixtures"]
        return fixtures

    def kill_once(self) -> None:
        """Lets them save for a moment, pulls the plug, starts again, and looks at everything."""
        wanted = self.report.confirmed + self.report.kills % (MOST_WAITED_FOR + 1)
        self.may_save.set()
        # On a slow computer nothing may be saved in a time that is fixed; a kill then proves little.
        latest = time.monotonic() + SAVE_SECONDS
        while self.report.confirmed < wanted and time.monotonic() < latest:
            time.sleep(0.005)
        time.sleep(self.dice.uniform(0.02, LONGEST_LIFE))
        self.server.kill()
        self.may_save.clear()
        while any(clerk.is_saving for clerk in self.clerks):
            time.sleep(0.005)
        self.report.kills += 1
        began = time.monotonic()
        self.server.start()
        self.report.start_seconds.append(time.monotonic() - began)
        self._look_at_the_data()
        self._wait_until_healed()

    def _look_at_the_data(self) -> None:
        number, saved = self.report.kills, scores_in(self.path)
        self.report.broken += [f"kill {number}: {fault}" for fault in violations_of(self.path)]
        for fixture_id, game in self.games.items():
            self.report.unanswered += len(game.sent)
            found = saved.get(fixture_id)
            if found != game.confirmed and found in game.sent:
                self.report.unanswered_saved += 1
            elif found != game.confirmed:
                fault = f"kill {number}, game {fixture_id}: {found} where {game.confirmed} was shown, {game.sent} sent"
                self.report.lost.append(fault)
            game.confirmed, game.sent = found, []
        epoch, versions = versions_in(self.path)
        if epoch != self.epoch:
            self.report.gone_back.append(f"kill {number}: epoch {self.epoch} became {epoch}")
        seen = dict(self.versions)
        for subscriber in self.subscribers:
            for topic, version in subscriber.highest.items():
                seen[topic] = max(version, seen.get(topic, 0))
        for topic, version in seen.items():
            if versions.get(topic, 0) < version:
                self.report.gone_back.append(f"kill {number}: {topic} is {versions.get(topic)}, {version} was told")
        self.versions = versions

    def _wait_until_healed(self) -> None:
        began, fresh = time.monotonic(), scores_of(self.fresh())
        while behind := [type(one).__name__ for one in self.subscribers if one.rows != fresh]:
            if time.monotonic() - began > HEAL_SECONDS:
                self.report.unhealed.append(f"kill {self.report.kills}: {', '.join(behind)} not as a fresh page")
                return
            time.sleep(0.01)
        self.report.heal_seconds.append(time.monotonic() - began)

    def close(self) -> None:
        for clerk in self.clerks:
            clerk.is_stopped = True
        for subscriber in self.subscribers:
            subscriber.is_stopped.set()
        for subscriber in self.subscribers:
            subscriber.stop()
            self.report.broken += subscriber.faults


def run(data_dir: Path, kills: int, seed: int = 1, tell: Callable[[Report], None] = lambda report: None) -> Report:
    """*tell* is called after each kill. Ends by itself; a database that is broken ends it early."""
    with Server(data_dir) as server:
        league_server = LeagueServer(server, seed)
        try:
            for _ in range(kills):
                league_server.kill_once()
                tell(league_server.report)
                if league_server.report.broken:
                    break
        finally:
            league_server.close()
        return league_server.report
