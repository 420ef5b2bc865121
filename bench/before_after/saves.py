"""Processor time of the server for a saved result: over the API and the form, followed by nobody and by one screen."""

import time

from bench.before_after.figure import Figure
from bench.before_after.trees import Trees
from bench.forms import Scorer
from bench.http_load import cpu_seconds
from bench.season import GAMES_TO_PLAY, ORGANISER, Season, season
from tests.browser.server import Server

TITLE = "1: a save, league of 20 in mid-season; without what the server does anyway in the same time"
ROUNDS, WARMING_SAVES = 80, 80
# More than the tenth of a second in which a topic is published once.
GAP_MS = 120
IDLE_SECONDS = 5.0


def measure(trees: Trees, runs: int) -> list[Figure]:
    """The mean of the rounds of each run; every server is a fresh one."""
    figures = {
        ("api", 1): Figure("over the API, with its message", "ms", most_times=0.5),
        ("form", 1): Figure("over the form, with its message", "ms", most_times=0.5),
        ("api", 0): Figure("over the API, followed by nobody", "ms", most_times=0.4),
        ("form", 0): Figure("over the form, followed by nobody", "ms", most_times=0.4),
    }
    idle = Figure("server idle, ms of each second", "ms")
    with season(trees.before) as one:
        for _ in range(runs):
            for (door, clients), figure in figures.items():
                for root in trees:
                    with one.served(root) as server:
                        saves = {"api": one.save_by_api, "form": one.save_by_form}
                        trigger = saves[door](server.port)
                        warm_up(one, server, door)
                        idle_ms = idle_per_second(server)
                        seen = one.play(server, trigger, clients, ROUNDS, GAP_MS)
                    spent = (seen["cpu_s"] * 1000 - idle_ms * seen["wall_s"]) / ROUNDS
                    figure.add(spent, is_before=root == trees.before)
                    idle.add(idle_ms, is_before=root == trees.before)
    return [*figures.values(), idle]


def warm_up(one: Season, server: Server, door: str) -> None:
    """Saves over the same door until the interpreter and its libraries have seen all that a save needs."""
    games = range(GAMES_TO_PLAY - WARMING_SAVES + 1, GAMES_TO_PLAY + 1)
    if door == "api":
        for game in games:
            server.call("PUT", f"/api/fixtures/{game}/result/", {"home_score": 1, "away_score": 0}, one.token)
        return
    scorer = Scorer(server.port, ORGANISER)
    if any(scorer.save(game, 1, 0, 1) != 302 for game in games):
        raise RuntimeError("a result was refused")


def idle_per_second(server: Server) -> float:
    """Milliseconds of the processor that the server takes in a second in which nobody asks for anything."""
    assert server.process is not None
    time.sleep(1)  # it has just been asked for something
    began, spent = time.monotonic(), cpu_seconds(server.process.pid)
    time.sleep(IDLE_SECONDS)
    return (cpu_seconds(server.process.pid) - spent) * 1000 / (time.monotonic() - began)
