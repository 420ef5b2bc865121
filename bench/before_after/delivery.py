"""Time from sending the form to the screens of a hall, and ten scorers who save at once."""

from bench import ten_scorers
from bench.before_after.figure import Figure
from bench.before_after.trees import Trees
from bench.season import season

TITLE = "2: from the form's POST to 1,000 screens; ten scorers who save 50 results in a second"
CLIENTS, ROUNDS = 1_000, 60
SCORERS, SAVES, FOLLOWERS = 10, 5, 20


def measure(trees: Trees, runs: int) -> list[Figure]:
    """Milliseconds on the clock, over all screens of all rounds, and seconds until all are saved."""
    figures = {
        "p50_ms": Figure("to any screen, median", "ms", most_times=0.7),
        "p99_ms": Figure("to any screen, p99", "ms", most_times=0.6),
        "first_ms": Figure("to the first screen, median", "ms"),
        "last_ms": Figure("to the last screen, median", "ms", most_times=0.7),
        "last_p99_ms": Figure("to the last screen, p99", "ms", most_times=0.6),
    }
    lost = Figure("messages lost", "", most=0)
    within = Figure("50 results of ten scorers, first to last answer", "s", most=1.1)
    with season(trees.before) as one:
        for _ in range(runs):
            for root in trees:
                is_before = root == trees.before
                with one.served(root) as server:
                    seen = one.play(server, one.save_by_form(server.port), CLIENTS, ROUNDS)
                for key, figure in figures.items():
                    figure.add(seen[key], is_before=is_before)
                lost.add(seen["lost"], is_before=is_before)
                scored = ten_scorers.measure(SCORERS, SAVES, FOLLOWERS, root)
                within.add(scored.within, is_before=is_before)
    return [*figures.values(), lost, within]
