"""Processor time of the server for a saved result: over the API and the form, followed by nobody and by one screen."""

from bench.before_after.figure import Figure
from bench.before_after.trees import Trees
from bench.season import season

TITLE = "1: a save, league of 20 in mid-season"
ROUNDS = 40


def measure(trees: Trees, runs: int) -> list[Figure]:
    """The median of the rounds of each run; every server is a fresh one."""
    figures = {
        ("api", 1): Figure("over the API, with its message", "ms", most_times=0.5),
        ("form", 1): Figure("over the form, with its message", "ms", most_times=0.5),
        ("api", 0): Figure("over the API, followed by nobody", "ms", most_times=0.4),
        ("form", 0): Figure("over the form, followed by nobody", "ms", most_times=0.4),
    }
    with season(trees.before) as one:
        for _ in range(runs):
            for (door, clients), figure in figures.items():
                for root in trees:
                    with one.served(root) as server:
                        saves = {"api": one.save_by_api, "form": one.save_by_form}
                        seen = one.play(server, saves[door](server.port), clients, ROUNDS)
                    (figure.before if root == trees.before else figure.after).append(seen["cpu_round_ms"])
    return list(figures.values())
