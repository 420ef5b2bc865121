"""`/metrics`: who may read it, and what it says."""

import re

import pytest
from prometheus_client.parser import text_string_to_metric_families

from timely import metrics
from timely.live import presence

TOKEN = "figures-for-the-club"


def status(client, address="127.0.0.1", **headers):
    return client.get(
        "/metrics",
        environ_base={"REMOTE_ADDR": address},
        headers={name.replace("_", "-"): value for name, value in headers.items()},
    ).status_code


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
def test_a_program_on_this_computer_needs_nothing(client, address):
    assert status(client, address) == 200


@pytest.mark.parametrize("address", ["192.168.1.7", "10.0.0.1", "::ffff:10.0.0.1", "2001:db8::1", "", "nonsense"])
def test_nobody_else_reads_it(client, address):
    assert status(client, address) == 403
    assert status(client, address, Authorization="Bearer ") == 403
    assert status(client, address, Authorization="Bearer None") == 403


@pytest.mark.parametrize(
    "header", ["X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Forwarded", "Via", "Origin"]
)
def test_nor_anybody_for_whom_a_proxy_or_a_page_asks(client, header):
    assert status(client, **{header: "127.0.0.1"}) == 403


def test_from_elsewhere_it_takes_the_token(app, client):
    app.config["TIMELY_METRICS_TOKEN"] = TOKEN
    for address in ("192.168.1.7", "127.0.0.1"):
        assert status(client, address, Authorization=f"Bearer {TOKEN}", X_Forwarded_For="1.2.3.4") == 200
        for wrong in (TOKEN[:-1], f"{TOKEN}x", "", "schlüssel"):
            assert status(client, address, Authorization=f"Bearer {wrong}", X_Forwarded_For="1.2.3.4") == 403
    assert status(client, "192.168.1.7", Authorization=f"Basic {TOKEN}") == 403
    assert status(client, "192.168.1.7", Authorization=f"bearer  {TOKEN}") == 200


def test_it_is_only_read(client):
    assert client.post("/metrics").status_code == 405


def families(client):
    answer = client.get("/metrics")
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    assert answer.headers["Cache-Control"] == "no-store"
    return {one.name: one for one in text_string_to_metric_families(answer.get_data(as_text=True))}


def test_it_says_what_is_counted(client):
    before = families(client)["timely_lost_connections"]
    metrics.LOST.labels("ping_timeout").inc(12)
    after = families(client)["timely_lost_connections"]

    def number(family):
        return sum(one.value for one in family.samples if one.labels == {"why": "ping_timeout"})

    assert number(after) - number(before) == 12


def test_it_says_who_watches_as_counted_last(client):
    presence.reset()
    presence.record_connection("a", "stream", {1}, "leaderboard")
    presence.record_connection("b", "stream", {1})
    by_pipe = {one.labels["pipe"]: one.value for one in families(client)["timely_watching"].samples}
    assert set(by_pipe.values()) == {0.0}  # nobody has counted, and this does not
    presence.sample()
    found = families(client)
    by_pipe = {one.labels["pipe"]: one.value for one in found["timely_watching"].samples}
    by_page = {one.labels["page"]: one.value for one in found["timely_watching_page"].samples}
    assert (by_pipe["stream"], by_page["leaderboard"], by_page["other"]) == (2.0, 1.0, 1.0)
    presence.reset()


def test_no_name_is_told_twice_and_each_says_what_it_means(client):
    text = client.get("/metrics").get_data(as_text=True)
    names = re.findall(r"^# TYPE (\S+)", text, re.M)
    assert len(names) == len(set(names))
    assert all(re.search(rf"^# HELP {name} \S.*\.$", text, re.M) for name in names)
    assert "_created" not in text
