"""One round: the live page in all engines at once, on one pipe; a save, a killed server, and a save after it."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from tests.browser.conftest import ORGANISER, League, make_league
from tests.browser.server import Server
from tests.engines.engine import WithScript
from tests.engines.pages import LivePage, table_of, words_of
from tests.engines.processes import Broken, wait_for
from tests.engines.seen import Seen
from timely.domain.translation import Language

AT_ONCE = 12.0
FOUND_AGAIN = 20.0
# So long an engine that upgrades to WebSocket is given to do it, before it is looked at how messages come.
SETTLED = 3.0
DOWN = 3.0

# What the script asks for while messages come on each pipe; nothing where the connection stays.
POLLS = {"socket": "", "polling": "/socket.io/", "ws": "", "stream": "", "xhr": "/poll/"}
PIPES = tuple(POLLS)


def play(engines: Sequence[WithScript], pipe: str, server: Server, language: Language | None = None) -> dict[str, Seen]:
    """By the name of the engine. The first pipe is the one that the script takes of itself: it is not asked for.

    If a *language* is given, the pages are opened in it, and their words are compared with those of its catalogue.
    """
    if not engines:
        return {}
    return Round(engines, pipe, make_league(server), language).play()


class Round:
    def __init__(
        self, engines: Sequence[WithScript], pipe: str, league: League, language: Language | None = None
    ) -> None:
        self.league = league
        self.pipe = pipe
        self.language = language
        self.token = league.server.token_of(ORGANISER)
        self.games = league.games
        arguments = {} if pipe == PIPES[0] else {"transport": pipe}
        arguments |= {"lang": language.code} if language else {}
        title = f"{pipe} {language.code}" if language else pipe
        self.pages = [LivePage(engine, league, arguments) for engine in engines]
        self.seen = {page.engine.name: Seen(page.engine.name, page.engine.version, title) for page in self.pages}

    def play(self) -> dict[str, Seen]:
        server = self.league.server
        with ThreadPoolExecutor(len(self.pages)) as threads:
            self.threads = threads
            self._open()
            self._update()
            self._each(lambda page, seen: page.watch("Dogwood", "3"))
            server.kill()
            time.sleep(DOWN)
            server.start()
            self._recover()
        return self.seen

    def _open(self) -> None:
        expected = table_of(self.league)

        def open_page(page: LivePage, seen: Seen) -> None:
            page.open()
            page.wait_for_table(expected)

        self._each(open_page)
        self._compare_words()
        if self.pipe == PIPES[0]:
            time.sleep(SETTLED)

    def _update(self) -> None:
        """A result is saved; each page shows it on the pipe that it was told to take."""
        self._each(lambda page, seen: page.watch("Ash", "3"))
        saved_at = self._save("Ash-Birch", 1, 0)

        def look(page: LivePage, seen: Seen) -> None:
            seen.update_ms = (page.seen_at(AT_ONCE) - saved_at) * 1000
            _require(page.transport() == self.pipe, f"it is on {page.transport()}")
            polls = POLLS[self.pipe]
            if polls:  # the next one follows what it has brought
                wait_for(lambda: any(polls in url for url in page.asked()), "it polls", AT_ONCE)
            others = [url for url in page.asked() if "/socket.io/" in url or "/poll/" in url]
            _require(all(polls and polls in url for url in others), f"it asked for {others}")

        self._each(look)
        self._compare()

    def _recover(self) -> None:
        """The server is back: what is saved now is seen, without a reload, on the same pipe, and so is the next."""
        back_at = time.time()
        self._save("Cedar-Dogwood", 0, 3)

        def look(page: LivePage, seen: Seen) -> None:
            seen.recovered_s = page.seen_at(FOUND_AGAIN) - back_at

        self._each(look)
        self._compare()
        self._each(lambda page, seen: page.watch("Ash", "6"))
        self._save("Ash-Cedar", 5, 0)

        def look_again(page: LivePage, seen: Seen) -> None:
            page.seen_at(AT_ONCE)
            _require(page.transport() == self.pipe, f"after the server came back it is on {page.transport()}")

        self._each(look_again)
        self._compare()

    def _compare(self) -> None:
        expected = table_of(self.league)

        def compare(page: LivePage, seen: Seen) -> None:
            page.wait_for_table(expected)
            _require(page.is_the_same(), "the page was loaded again")

        self._each(compare)
        self._compare_words()

    def _compare_words(self) -> None:
        if self.language is None:
            return
        expected = words_of(self.league, self.language)

        def compare(page: LivePage, seen: Seen) -> None:
            words = page.words()
            _require(words == expected, f"its words are {words}, not {expected}")

        self._each(compare)

    def _save(self, game: str, home: int, away: int) -> float:
        """When the save was begun."""
        saved_at = time.time()
        body = {"home_score": home, "away_score": away}
        self.league.server.call("PUT", f"/api/fixtures/{self.games[game]}/result/", body, self.token)
        return saved_at

    def _each(self, act: Callable[[LivePage, Seen], None]) -> None:
        """In all engines at once, save those that have stumbled; returns when all are done."""

        def attempt(page: LivePage) -> None:
            seen = self.seen[page.engine.name]
            if seen.fault:
                return
            try:
                act(page, seen)
            except Exception as error:  # whatever one stumbles over, the others go on
                seen.fault = f"{type(error).__name__}: {error}"

        list(self.threads.map(attempt, self.pages))


def _require(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise Broken(otherwise)
