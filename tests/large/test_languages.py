"""Two workers whose subscribers follow one event in different languages: each hears its own, and each change once."""

from typing import Any

import pytest

from tests.large.conftest import Club
from tests.transports.client import Client
from tests.transports.clients import EventStream, SocketIo, WebSocket
from timely.domain.translation import in_language, pgettext
from timely.languages.catalogues import find_languages

SAVES = 6
TOPICS = ["results", "schedule"]


def follow(club: Club, event_id: int, worker: int, client_class: type[Client], language: str) -> Client:
    """Returns once it has its snapshots, in its language."""
    client = club.open(client_class, club.bases[worker], event_id, TOPICS, language)
    first = [client.next("results_update", "schedule_update") for _ in TOPICS]
    assert [one["lang"] for one in first] == [language or "en"] * 2
    return client


def heard(client: Client, event_id: int, last: int) -> dict[str, list[dict[str, Any]]]:
    """{type: messages} until both topics are at the version *last*."""
    found: dict[str, list[dict[str, Any]]] = {"results_update": [], "schedule_update": []}
    while not all(messages and messages[-1]["version"] >= last for messages in found.values()):
        message = client.next(*found, within=10)
        found[message["type"]].append(message)
    return found


def assert_once_each(messages: list[dict[str, Any]], language: str, last: int) -> None:
    """In the language alone, from the first version to the last without a gap, and no version twice.

    What one worker has built may begin before what the other had told already.
    """
    assert {one["lang"] for one in messages} == {language}
    at = 1
    for one in messages:
        assert 1 <= one["since"] <= at < one["version"], [(each["since"], each["version"]) for each in messages]
        at = one["version"]
    assert at == last


def over_in(language: str) -> str:
    """What a game that is over is called, by the catalogue."""
    with in_language(find_languages()[language]):
        return pgettext("state of a game", "Full time")


@pytest.mark.parametrize("saving", [0, 1])
def test_everybody_is_told_once_in_the_own_language(club: Club, saving: int) -> None:
    event_id = club.new_league()
    fixtures = club.fixtures(event_id)
    wanted: list[tuple[int, type[Client], str]] = [
        (0, SocketIo, "de"),
        (0, EventStream, "en"),
        (0, WebSocket, ""),
        (1, SocketIo, "fr"),
        (1, EventStream, "de"),
        (1, WebSocket, "fr"),
        (1, SocketIo, ""),
    ]
    clients = [(follow(club, event_id, *one), one[2] or "en") for one in wanted]
    for number in range(SAVES):
        club.save(saving, fixtures[number % 3], number + 1, 0)
    for client, language in clients:
        found = heard(client, event_id, 1 + SAVES)
        for messages in found.values():
            assert_once_each(messages, language, 1 + SAVES)
        games = [game for one in found["schedule_update"] for game in one["data"]["fixtures"]]
        assert {game["status_text"] for game in games} == {over_in(language)}
        client.nothing_but_heartbeats(0.3)


def test_a_worker_makes_what_its_own_subscribers_lack(club: Club) -> None:
    """The worker that saves has no French subscriber: the other builds the French messages, and no German ones."""
    event_id = club.new_league()
    fixtures = club.fixtures(event_id)
    german, french = (
        follow(club, event_id, worker, WebSocket, language) for worker, language in ((0, "de"), (1, "fr"))
    )
    made, relayed = [club.made(worker) for worker in (0, 1)], club.heard(1)
    for number in range(SAVES):
        club.save(0, fixtures[0], number + 1, 0)
        for client, language in ((german, "de"), (french, "fr")):
            for messages in heard(client, event_id, number + 2).values():
                assert [(one["lang"], one["version"]) for one in messages] == [(language, number + 2)]
    assert [club.made(worker) - before for worker, before in zip((0, 1), made, strict=True)] == [2 * SAVES] * 2
    assert club.heard(1) - relayed == 2 * SAVES
