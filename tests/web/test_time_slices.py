"""A page is drawn in slices, and all of it is of one version."""

import re
from collections.abc import Callable
from threading import Thread

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.test_response_cache import save
from timely.database.transactions import writing
from timely.web import time_slices
from timely.web.time_slices import in_slices

SCHEDULE = "/events/saturday-league/schedule/"


@pytest.fixture
def others(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], object]]:
    """The calls that are made whenever a loop lets others run, which it does at every item."""
    run: list[Callable[[], object]] = []
    monkeypatch.setattr(time_slices, "SLICE_SECONDS", -1.0)
    monkeypatch.setattr(time_slices, "yield_to_others", lambda: [one() for one in run])
    return run


@pytest.mark.usefixtures("in_app")
def test_a_loop_lets_others_run_between_its_items(others: list[Callable[[], object]]) -> None:
    seen: list[str] = []
    others.append(lambda: seen.append("others"))
    for item in in_slices("ab"):
        seen.append(item)
    assert seen == ["others", "a", "others", "b"]


@pytest.mark.usefixtures("in_app")
def test_a_loop_within_its_slice_goes_on(others: list[Callable[[], object]], monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    others.append(lambda: seen.append("others"))
    list(in_slices("a"))
    monkeypatch.setattr(time_slices, "SLICE_SECONDS", 3600.0)
    assert list(in_slices("bcd")) == ["b", "c", "d"]
    assert seen == ["others"]


@pytest.mark.usefixtures("in_app")
def test_a_write_transaction_lets_nobody_run(others: list[Callable[[], object]]) -> None:
    others.append(lambda: pytest.fail("other writers wait for this transaction"))
    with writing():
        assert list(in_slices("ab")) == ["a", "b"]


@pytest.mark.parametrize(
    ("path", "loops"), [(SCHEDULE, 12), ("/api/events/1/schedule/", 6), ("/events/saturday-league/leaderboard/", 4)]
)
def test_long_lists_are_drawn_in_slices(
    client: FlaskClient, league: int, others: list[Callable[[], object]], path: str, loops: int
) -> None:
    seen: list[str] = []
    others.append(lambda: seen.append(path))
    assert client.get(path).status_code == 200
    assert len(seen) >= loops


@pytest.mark.parametrize("save_at", [1, 4, 8, 12])
def test_a_page_is_of_one_version_when_a_save_comes_in_between(
    app: Flask, client: FlaskClient, league: int, others: list[Callable[[], object]], save_at: int
) -> None:
    yields: list[int] = []

    def save_others() -> None:
        for number in range(1, 6):
            save(app, number, 3, 1)

    def save_in_between() -> None:
        yields.append(1)
        if len(yields) == save_at:
            saving = Thread(target=save_others)
            saving.start()
            saving.join()

    before = scores_and_tag(client)
    save(app, 0, 7, 0)
    others.append(save_in_between)
    during = scores_and_tag(client)
    assert len(yields) > save_at
    after = scores_and_tag(client)
    assert before[0] == [""] * 12
    assert during[0] == ["7", "0"] + [""] * 10
    assert after[0] == ["7", "0"] + ["3", "1"] * 5
    assert len({before[1], during[1], after[1]}) == 3


def scores_and_tag(client: FlaskClient) -> tuple[list[str], str]:
    """The scores of the schedule in the order of the games' ids, and the page's ETag."""
    answer = client.get(SCHEDULE)
    listed = answer.text.partition('data-headed="start_on"')[2].partition("</ul>")[0]
    rows = re.findall(r'data-row="(\d+)"(.*?)</li>', listed, re.DOTALL)
    shown = {int(number): re.findall(r'_score" data-glow>(\d*)<', row) for number, row in rows}
    return [score for number in sorted(shown) for score in shown[number]], answer.headers["ETag"]
