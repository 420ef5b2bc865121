"""Before anything is served: is the port free, and whose is it?"""

import errno
import http.server
import socket
import threading
from contextlib import contextmanager

import pytest

from launch import ports
from launch.messages import Refused
from tests.ports import free_port


@contextmanager
def program(answer: bytes, status=200):
    """Another program on a port of its own, which answers everything with *answer*."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.end_headers()
            self.wfile.write(answer if self.path == "/healthz" else b"")

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_port
        server.shutdown()


def refused(host, port):
    with pytest.raises(Refused) as caught:
        ports.require_free(host, port)
    return str(caught.value)


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_free_port(host):
    ports.require_free(host, free_port())


def test_another_program_is_told_from_timely_and_the_next_free_port_named():
    with program(b"hello") as port:
        sentence = refused("0.0.0.0", port)
        assert f"Port {port} is taken by another program" in sentence
        suggested = int(sentence.rpartition("--port ")[2])
        assert suggested != port
        ports.require_free("0.0.0.0", suggested)


@pytest.mark.parametrize("answer", [b'{"status": "ok", "version": "1.0.0"}\n', b'{"status": "ok"}\n'])
def test_a_running_timely_is_named_with_its_link(answer):
    with program(answer) as port:
        sentence = refused("0.0.0.0", port)
    assert f"already running at http://localhost:{port}/" in sentence
    assert "--data-dir" in sentence


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        *((b'{"status": "ok"}', 503), (b"[]", 200), (b"{", 200), (b'{"status": "up"}', 200)),
        (b'{"status": "ok", "uptime": 7}', 200),
    ],
)
def test_other_answers_are_not_timely(answer, status):
    with program(answer, status) as port:
        assert not ports.is_timely("127.0.0.1", port)


def test_a_program_that_does_not_speak_http_is_not_timely():
    with socket.create_server(("127.0.0.1", 0)) as mute:

        def hang_up():
            client, _ = mute.accept()
            client.sendall(b"SSH-2.0-x\r\n")
            client.close()

        threading.Thread(target=hang_up, daemon=True).start()
        assert not ports.is_timely("127.0.0.1", mute.getsockname()[1])


def test_next_free_skips_what_is_used_and_what_browsers_will_not_open(monkeypatch):
    tried = []

    def only_5062(host, port):
        tried.append(port)
        if port != 5062:
            raise OSError(errno.EADDRINUSE, "in use")

    monkeypatch.setattr(ports, "_try_to_bind", only_5062)
    assert ports.next_free("0.0.0.0", 5058) == 5062
    assert tried == [5059, 5062]


def test_the_last_port_has_one_after_it():
    assert 8000 <= ports.next_free("127.0.0.1", 65535) < 8200


def test_an_address_that_is_not_ours():
    sentence = refused("203.0.113.7", 8000)
    assert "cannot listen on '203.0.113.7'" in sentence
    assert "--host" in sentence


@pytest.mark.parametrize("host", ["nowhere.invalid", "a" * 70, "ü..x"])
def test_a_name_that_is_none(host):
    assert "Leave out --host" in refused(host, 8000)


def test_a_port_that_needs_special_rights():
    sentence = ports.refusal("0.0.0.0", 80, PermissionError(errno.EACCES, "Permission denied"))
    assert "special rights" in sentence
    assert "--port 8000" in sentence
