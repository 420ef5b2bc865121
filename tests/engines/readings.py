"""The plain page, read off the screen: the table, its own refresh, and a refresh by hand after a killed server.

At last it is read in German: a browser keeps the language that an address has chosen.
"""

import re
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tests.browser.conftest import ORGANISER, make_league
from tests.browser.server import Server
from tests.engines.engine import Plain
from tests.engines.processes import Broken, wait_for
from tests.engines.seen import Seen
from timely.domain.translation import gettext, in_language
from timely.languages.catalogues import find_languages

# The page refreshes itself every 30 s.
ITSELF = 45.0
BY_HAND = 15.0
DOWN = 3.0

# Lines of the table. Their figures have no 1 and no 7, which are misread when NetSurf's are read off the screen.
NOTHING_PLAYED = tuple(rf"{team}.*0 0" for team in ("Ash", "Birch", "Cedar", "Dogwood"))
DOGWOOD_WON = (r"Dogwood.*\b52\b.*\b24\b.*28",)
ASH_WON = (r"Ash.*\b63\b.*\b25\b.*38",)


def read(engines: Sequence[Plain], server: Server) -> dict[str, Seen]:
    """By the name of the engine. A refresh takes its time: the update is seen when the page loads itself again."""
    if not engines:
        return {}
    league = make_league(server)
    token, games = server.token_of(ORGANISER), league.games
    pages = [(engine, Seen(engine.name, engine.version, "refresh")) for engine in engines]
    with ThreadPoolExecutor(len(pages)) as threads:

        def each(look: Callable[[Plain, Seen], None]) -> None:
            list(threads.map(lambda page: _attempt(look, *page), pages))

        each(partial(_open, url=league.url("leaderboard/")))
        saved_at = _save(server, token, games["Cedar-Dogwood"], 24, 52)
        each(partial(_update, saved_at=saved_at))
        server.kill()
        time.sleep(DOWN)
        server.start()
        back_at = _save(server, token, games["Ash-Birch"], 63, 25)
        each(partial(_recover, back_at=back_at))
        each(partial(_open_in_german, url=league.url("leaderboard/?lang=de")))
    return {seen.engine: seen for _, seen in pages}


def _attempt(look: Callable[[Plain, Seen], None], engine: Plain, seen: Seen) -> None:
    if seen.fault:
        return
    try:
        look(engine, seen)
    except Exception as error:  # whatever one stumbles over, the other goes on
        seen.fault = f"{type(error).__name__}: {error}; it shows:\n{engine.text()}"


def _open(engine: Plain, seen: Seen, url: str) -> None:
    engine.open(url)
    _wait_for(engine, (*NOTHING_PLAYED, "This page refreshes itself"), BY_HAND)
    # The words of the light are for those with a script, and NetSurf and w3m differ in what they hide.
    if "Connecting" in engine.text():
        raise Broken("it says that it connects, which it never will")


def _update(engine: Plain, seen: Seen, saved_at: float) -> None:
    _wait_for(engine, DOGWOOD_WON, ITSELF)
    seen.update_ms = (time.time() - saved_at) * 1000


def _recover(engine: Plain, seen: Seen, back_at: float) -> None:
    engine.refresh()
    _wait_for(engine, ASH_WON, BY_HAND)
    seen.recovered_s = time.time() - back_at


def _open_in_german(engine: Plain, seen: Seen, url: str) -> None:
    with in_language(find_languages()["de"]):
        # Words of English letters, and no short ones: NetSurf's are read off the screen by who knows English alone.
        words = [gettext("Events"), gettext("Sign in")]
    engine.open(url)
    _wait_for(engine, (*ASH_WON, *words), BY_HAND)


def _wait_for(engine: Plain, patterns: Iterable[str], seconds: float) -> None:
    def stands() -> bool:
        text = engine.text()
        return all(re.search(pattern, text) for pattern in patterns)

    wait_for(stands, f"its screen shows {patterns}", seconds, pause=0.25)


def _save(server: Server, token: str, game: int, home: int, away: int) -> float:
    """When the save was begun."""
    saved_at = time.time()
    server.call("PUT", f"/api/fixtures/{game}/result/", {"home_score": home, "away_score": away}, token)
    return saved_at
