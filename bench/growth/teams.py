"""Costs by the number of teams in one table, each with seven games, half of them played."""

from bench.growth.event_files import league
from bench.growth.games import event, first_to_play, version
from bench.growth.row import FLAT, Row
from bench.growth.site import Site, measured_apart
from timely.domain.formats.format import Format
from timely.live import messages
from timely.live.topics import topic_of
from timely.services import formats
from timely.services.round_robins import RoundRobinChoice, make_round_robin

TITLE = "teams of an event"
SIZES = [8, 16, 32, 64]
GAMES_EACH = 7


def measure(sizes: list[int]) -> list[Row]:
    rows = {
        "save": Row("a save, API", "ms"),
        "results": Row("results message of one save", "ms"),
        "page": Row("leaderboard page, drawn anew", "ms"),
        "snapshot": Row("snapshot of the results", "ms"),
        "draw": Row("groups of four drawn and made", "ms"),
        "robin": Row("round robin made, for each game", "ms", FLAT),
    }
    return measured_apart(rows, sizes, measured)


def measured(place: Site, size: int) -> dict[str, float]:
    event_id = place.imported(league(size, size * GAMES_EACH // 2))
    game, scores, topic = first_to_play(place, event_id), iter(range(1, 100)), topic_of(event_id, "results")
    costs = {"save": place.cpu_ms(lambda: place.save(game, next(scores)))}
    since = version(place, topic) - 1
    empty, other = (place.imported({**league(size, 2), "matches": []}) for _ in range(2))
    return costs | {
        "results": place.cpu_ms(lambda: messages.build(topic, since)),
        "page": place.page_ms(f"/events/{place.slug(event_id)}/leaderboard/"),
        "snapshot": place.cpu_ms(lambda: messages.build(topic, 0)),
        "draw": place.cpu_ms(lambda: groups_drawn(empty), 3),
        "robin": place.cpu_ms(lambda: everybody_meets(other), 1) / (size * (size - 1) // 2),
    }


def everybody_meets(event_id: int) -> None:
    league_ = event(event_id)
    choice = RoundRobinChoice([group for stage in league_.stages for group in stage.groups])
    make_round_robin(league_, choice, by=None)


def groups_drawn(event_id: int) -> None:
    league_ = event(event_id)
    teams = formats.teams_of(league_, None)
    format_ = Format(kind="groups", groups=max(1, len(teams) // 4), draw="pots")
    formats.make_format(league_, None, formats.FormatChoice(format_, teams), by=None)
