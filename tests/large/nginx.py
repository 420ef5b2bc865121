"""A real nginx for tests, with the configuration that is shipped; only names and ports are put in."""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from config import ROOT

SHIPPED = ROOT / "deploy" / "nginx.conf"
START_SECONDS = 10
STOP_SECONDS = 10
# What a distribution's own nginx.conf has around the sites, with every file in a folder of ours.
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes 1;
worker_rlimit_nofile {files};
events {{ worker_connections {files}; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/timely.conf;
}}
"""


def program() -> str | None:
    return shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


def require() -> None:
    """Skips the test where nginx is not installed; in CI it has to be."""
    if program() is None:
        if os.environ.get("CI"):
            pytest.fail("nginx is not installed, and CI has to have it")
        pytest.skip("nginx is not installed")


def with_ports(text: str, port: int, workers: Sequence[int], logs: Path) -> str:
    """The shipped configuration, listening on *port* of this computer alone, in front of these workers."""
    assert text.count("/var/log/nginx/") == 1
    text = text.replace("/var/log/nginx/", f"{logs}/")
    text, count = re.subn(r"\n    listen 80;\n    listen \[::\]:80;\n", f"\n    listen 127.0.0.1:{port};\n", text)
    assert count == 1
    text, count = re.subn(r"127\.0\.0\.1:800([12])", lambda found: f"127.0.0.1:{workers[int(found[1]) - 1]}", text)
    assert count == 2
    return text.replace("server_name timely.example.org;", "server_name _;")


class Nginx:
    def __init__(self, folder: Path, port: int, workers: Sequence[int], files: int = 1024) -> None:
        self.folder, self.port = folder, port
        self.url = f"http://127.0.0.1:{port}"
        self.process: subprocess.Popen[bytes] | None = None
        shipped = SHIPPED.read_text("utf-8")
        (folder / "timely.conf").write_text(with_ports(shipped, port, workers, folder), "utf-8")
        (folder / "nginx.conf").write_text(AROUND.format(folder=folder, files=files), "utf-8")
        log = str(folder / "error.log")
        self.words = [str(program()), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", log]

    def start(self) -> None:
        if os.geteuid() == 0:
            # Its own workers give up being root, and write to these folders.
            self.folder.chmod(0o755)
        self.process = subprocess.Popen(self.words, stdin=subprocess.DEVNULL)
        give_up_at = time.monotonic() + START_SECONDS
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError as error:
                if self.process.poll() is not None or time.monotonic() > give_up_at:
                    log = self.folder / "error.log"
                    raise RuntimeError(log.read_text("utf-8") if log.exists() else "nginx did not start") from error
                time.sleep(0.02)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(STOP_SECONDS)
