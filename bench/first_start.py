"""Seconds from a fresh clone to the first page, and of the second start: python bench/first_start.py [runs]"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
GIVE_UP = 300.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_and_wait(folder: Path) -> float:
    """Seconds from `python3 start.py` to the first page; the server is stopped again."""
    port = free_port()
    command = [sys.executable, "start.py", "--no-browser", "--host", "127.0.0.1", "--port", str(port)]
    environ = {name: value for name, value in os.environ.items() if not name.startswith("TIMELY_")}
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while time.monotonic() - began < GIVE_UP:
            if process.poll() is not None:
                raise SystemExit(f"start.py ended with {process.returncode}")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                    if page.status == 200:
                        return time.monotonic() - began
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.02)
        raise SystemExit("no page within five minutes")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    first, second = [], []
    for _ in range(runs):
        folder = Path(tempfile.mkdtemp(prefix="timely-first-"))
        try:
            subprocess.run(["git", "clone", "-q", str(ROOT), str(folder / "timely")], check=True)
            first.append(start_and_wait(folder / "timely"))
            second.append(start_and_wait(folder / "timely"))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    for title, times in (
        ("fresh clone to first page, with the install", first),
        ("second start to first page", second),
    ):
        print(f"{title}: median {median(times):.1f} s of {', '.join(f'{one:.1f}' for one in times)}")


if __name__ == "__main__":
    main()
