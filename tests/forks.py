"""A fork server: Python programs begun from a process that has imported their modules already.

The imports are nine tenths of what it costs to start a server. A process forked after them is the same program as one
that is started anew: its own memory, files, signals and exit code. Where the system cannot fork, or the program does
something before its imports, `start` begins a new Python instead.
"""

import array
import importlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

import servers
from config import async_mode

ROOT = Path(__file__).resolve().parents[1]
CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")
POLL_SECONDS = 0.01
# Programs that patch the standard library before anything else.
SERVERS = ("wsgi", "tests.languages.pseudo_server")
IMPORTS_DEPEND_ON = ("TIMELY_ASYNC_MODE", "PYTHONPATH")
END_SECONDS = 10


class Process(Protocol):
    """The part of `subprocess.Popen` that the tests use."""

    pid: int
    returncode: int | None

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int: ...

    def send_signal(self, sig: int, /) -> None: ...

    def terminate(self) -> None: ...

    def kill(self) -> None: ...


class ForkedProcess:
    """A child of the fork server's, which alone can be asked for its exit code."""

    def __init__(self, parent: "ForkServer", pid: int) -> None:
        self.parent, self.pid = parent, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = self.parent.ask({"ended": self.pid})
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Raises subprocess.TimeoutExpired."""
        give_up_at = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if give_up_at is not None and time.monotonic() > give_up_at:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
            time.sleep(POLL_SECONDS)
        return code

    def send_signal(self, sig: int) -> None:
        if self.poll() is None:  # not asked for its exit code yet, so the number is nobody else's
            os.kill(self.pid, sig)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class ForkServer:
    """One that has imported *module* with these variables set, and runs it as a program as often as it is asked to."""

    def __init__(self, module: str, environ: Mapping[str, str]) -> None:
        self.ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.forks", module, str(theirs.fileno())],
                cwd=ROOT,
                env=dict(environ),
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )

    def start(self, environ: Mapping[str, str], stdin: int, stdout: int, stderr: int) -> ForkedProcess:
        return ForkedProcess(self, self.ask({"environ": dict(environ)}, stdin, stdout, stderr))

    def ask(self, what: dict[str, Any], *files: int) -> Any:
        """The answer. Raises EOFError when the fork server has ended."""
        message = json.dumps(what).encode()
        self.ours.sendall(len(message).to_bytes(4, "big"))
        socket.send_fds(self.ours, [message], files)
        answer = self.ours.recv(64)
        if not answer:
            raise EOFError("the fork server has ended")
        return json.loads(answer)

    def end(self) -> None:
        self.ours.close()
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(END_SECONDS)


class ForkServers:
    """A fork server for each program, begun when it is first needed; none before `begin`."""

    def __init__(self) -> None:
        self.is_on = False
        self.servers: dict[tuple[str, ...], ForkServer] = {}

    def start(
        self, module: str, environ: Mapping[str, str], stdin: int, stdout: int, stderr: int, root: Path = ROOT
    ) -> Process:
        """A process that runs the module as a program, with these open files, by their numbers, as its own."""
        # LD_PRELOAD is for a program's very beginning, and another tree has other modules.
        if not self.is_on or "LD_PRELOAD" in environ or root != ROOT:
            words = [sys.executable, "-m", module]
            return subprocess.Popen(words, cwd=root, env=dict(environ), stdin=stdin, stdout=stdout, stderr=stderr)
        of = (module, *(environ.get(name, "") for name in IMPORTS_DEPEND_ON))
        if of not in self.servers:
            self.servers[of] = ForkServer(module, environ)
        return self.servers[of].start(environ, stdin, stdout, stderr)

    def begin(self) -> None:
        self.is_on = CAN_FORK

    def end(self) -> None:
        self.is_on = False
        for server in self.servers.values():
            server.end()
        self.servers.clear()


fork_servers = ForkServers()


def serve(module: str, number: int) -> None:
    """Import the module, then fork whenever a message says so, until the other side closes."""
    # Taken before the module may patch them: this loop must not become one of the module's own.
    fork, waitpid, leave, close = os.fork, os.waitpid, os._exit, os.close
    peer = socket.socket(fileno=number)
    receive, send = peer.recvmsg, peer.sendall
    if module in SERVERS:  # imported, it leaves the standard library as it is
        servers.choose(async_mode())
    importlib.import_module(module)
    while head := receive(4, RIGHTS)[0]:
        message, files = receive_message(receive, int.from_bytes(head, "big"))
        if "ended" in message:
            pid, status = waitpid(message["ended"], os.WNOHANG)
            send(json.dumps(os.waitstatus_to_exitcode(status) if pid else None).encode())
            continue
        pid = fork()
        if not pid:
            peer.close()
            leave(become(module, message["environ"], files))
        for file in files:
            close(file)
        send(json.dumps(pid).encode())


RIGHTS = socket.CMSG_LEN(3 * array.array("i").itemsize) if CAN_FORK else 0


def receive_message(receive: Callable[[int, int], Any], size: int) -> tuple[dict[str, Any], list[int]]:
    """The message and the open files that came with it."""
    data, files = b"", array.array("i")
    while len(data) < size:
        part, rights, _, _ = receive(size - len(data), RIGHTS)
        data += part
        for _, _, given in rights:
            files.frombytes(given)
    return json.loads(data), list(files)


def become(module: str, environ: dict[str, str], files: list[int]) -> int:
    """The exit code of the module, run in this child as a program of its own."""
    for to, file in enumerate(files):
        os.dup2(file, to)
        os.close(file)
    os.environ.clear()
    os.environ.update(environ)
    if eventlet := sys.modules.get("eventlet.hubs"):
        eventlet.use_hub()  # the parent's would be shared with every other child
    if gevent := sys.modules.get("gevent"):
        gevent.reinit()
    del sys.modules[module]  # it is the program from here on
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
