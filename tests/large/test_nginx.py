"""nginx as it is shipped: what it lets through, what it keeps, and whom it believes."""

import gzip
import re
import socket
import subprocess
import urllib.request
from pathlib import Path

import pytest
import requests

from tests.large.conftest import Club, soon
from tests.large.nginx import SHIPPED, Nginx
from tests.ports import free_port
from tests.transports.clients import SocketIoPolling

MB = 1024 * 1024


def test_figures_stay_on_the_machine(club: Club) -> None:
    assert requests.get(f"{club.nginx.url}/metrics", timeout=10).status_code == 404
    assert requests.get(f"{club.bases[0]}/metrics", timeout=10).status_code == 200


def test_what_a_visitor_says_of_itself_is_dropped(club: Club) -> None:
    said = {
        "X-Forwarded-Host": "deceived.example",
        "X-Forwarded-For": "127.0.0.1, 10.0.0.1",
        "X-Forwarded-Proto": "https",
    }
    assert requests.get(club.nginx.url, headers=said, timeout=10).status_code == 200
    # The workers themselves would believe it: nobody but nginx may reach them.
    assert requests.get(club.bases[0], headers=said, timeout=10).status_code == 400


def test_a_name_of_somebody_elses_is_refused_through_it_too(club: Club) -> None:
    answer = requests.get(club.nginx.url, headers={"Host": "deceived.example"}, timeout=10)
    assert answer.status_code == 400
    assert "deceived.example" in answer.text


def test_a_page_is_compressed_once_and_not_sent_again_while_it_is_the_same(club: Club) -> None:
    # Of one browser: each worker has tags of its own, and nginx brings a browser to the same worker.
    browser = {"Accept-Encoding": "gzip", "User-Agent": "a browser"}
    request = urllib.request.Request(club.nginx.url, headers=browser)
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert b"<html" in gzip.decompress(answer.read())
        tag = answer.headers["ETag"]
    again = requests.get(club.nginx.url, headers={**browser, "If-None-Match": tag}, timeout=10)
    assert again.status_code == 304


def test_more_than_timely_takes_does_not_come_to_it(club: Club) -> None:
    program = {"Authorization": f"Bearer {club.token}", "Content-Type": "application/json"}
    path = f"/api/events/{club.new_league()}/announcements/"
    refused, own = (
        requests.post(f"{base}{path}", data=b"x" * (8 * MB + 1), headers=program, timeout=20)
        for base in (club.nginx.url, club.bases[0])
    )
    assert (refused.status_code, refused.headers["Content-Type"]) == (own.status_code, own.headers["Content-Type"])
    assert refused.status_code == 413
    assert refused.json()["error"]["code"] == own.json()["error"]["code"]
    taken = requests.post(f"{club.nginx.url}{path}", data=b"x" * (8 * MB), headers=program, timeout=20)
    assert "at most 64 kB" in taken.json()["error"]["message"], "it did not come to Timely"
    page = requests.post(f"{club.nginx.url}/login/", data=b"x" * (8 * MB + 1), timeout=20)
    assert (page.status_code, page.headers["Content-Type"]) == (413, "text/html")
    assert "Timely takes at most 8 MB at once." in page.text


def shipped(pattern: str) -> list[int]:
    return [int(number) for number in re.findall(pattern, SHIPPED.read_text("utf-8"))]


def test_a_hall_behind_one_address_is_far_below_the_limits() -> None:
    phones, connections, requests_when_coming_back = 500, 8, 20
    assert shipped(r"limit_conn timely_connections (\d+);") == [6000]
    assert phones * connections <= 6000
    (burst,) = shipped(r"limit_req zone=timely_requests burst=(\d+) nodelay;")
    assert phones * requests_when_coming_back <= burst
    assert shipped(r"zone=timely_requests:10m rate=(\d+)r/s;")[0] >= phones / 2  # a page in two seconds, each of them


@pytest.mark.parametrize("bound", ["burst=12000", "timely_connections 6000"])
def test_who_asks_without_end_is_told_so_in_timelys_words(tmp_path: Path, bound: str) -> None:
    """With a small bound in place of the shipped one; nobody is behind it, so what comes through is a 503."""
    tmp_path.chmod(0o755)
    silent = socket.create_server(("127.0.0.1", 0))
    one = Nginx(tmp_path, free_port(), [silent.getsockname()[1]] * 2)
    path = tmp_path / "timely.conf"
    text = path.read_text("utf-8").replace("rate=400r/s", "rate=1r/m")
    assert bound in text
    path.write_text(text.replace(bound, re.sub(r"\d+$", "2", bound)), "utf-8")
    one.start()
    waiting = []
    try:
        for _ in range(3):  # as many as may come through, or may be open; nobody answers them
            line = socket.create_connection(("127.0.0.1", one.port))
            line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            waiting.append(line)
        soon(lambda: requests.get(f"{one.url}/api/events/", timeout=10).status_code == 429)
        answer, page = (requests.get(f"{one.url}{path}", timeout=10) for path in ("/api/events/", "/"))
        assert (answer.status_code, answer.json()["error"]["code"]) == (429, "too_many_requests")
        assert page.status_code == 429
        assert page.headers["Retry-After"] == "5"
        assert "Too many requests" in page.text
    finally:
        for line in waiting:
            line.close()
        one.stop()
        silent.close()


def test_while_no_worker_is_there_it_says_so(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    one = Nginx(tmp_path, free_port(), [free_port(), free_port()])
    one.start()
    try:
        page = requests.get(one.url, timeout=10)
        assert page.status_code == 503
        assert "Timely cannot answer this now" in page.text
        assert 'http-equiv="refresh"' in page.text
        sheet = requests.post(f"{one.url}/login/", {"name": "Ada"}, timeout=10)
        assert (sheet.status_code, "refresh" in sheet.text) == (503, False)
        answer = requests.get(f"{one.url}/api/events/", timeout=10)
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "busy")
    finally:
        one.stop()


def test_the_key_of_a_private_event_is_not_in_its_log(club: Club) -> None:
    before = {"Referer": f"{club.nginx.url}/events/1/?key=not-for-a-log"}
    requests.get(f"{club.nginx.url}/events/x-1/?key=not-for-a-log", headers=before, timeout=10)
    log = club.nginx.folder / "timely.log"
    soon(lambda: '"GET /events/x-1/ HTTP/1.1"' in log.read_text("utf-8"))
    requests.post(f"{club.nginx.url}/api/x/?key=not-for-a-log", data=b"x" * (9 * MB), timeout=20)
    soon(lambda: '"POST /api/x/ HTTP/1.1" 413' in log.read_text("utf-8"))
    assert "not-for-a-log" not in log.read_text("utf-8")


def test_a_client_on_long_polling_comes_back_to_the_worker_that_knows_it(club: Club) -> None:
    event_id = club.new_league()
    clients = [club.open(SocketIoPolling, club.nginx.url, event_id) for _ in range(4)]
    for number, client in enumerate(clients):
        assert client.next("results_update")["version"] == 1, number
    for score in (1, 2, 3):
        club.save(score % 2, club.fixtures(event_id)[0], score, 0)
        for client in clients:
            client.until(f"event_{event_id}_results", score + 1)
    assert not any(client.ended.is_set() for client in clients)


def test_it_takes_a_new_worker_in_while_others_are_connected(club: Club) -> None:
    """As after `systemctl reload nginx`: whoever is connected stays so."""
    event_id = club.new_league()
    client = club.open(SocketIoPolling, club.nginx.url, event_id)
    client.next("results_update")
    reload(club.nginx)
    club.save(0, club.fixtures(event_id)[0], 4, 0)
    client.until(f"event_{event_id}_results", 2)
    soon(lambda: requests.get(club.nginx.url, timeout=10).ok)


def reload(nginx: Nginx) -> None:
    subprocess.run([*nginx.words, "-s", "reload"], check=True, timeout=20)
