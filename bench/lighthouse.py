"""Lighthouse over every public page, as on a phone: speed, accessibility, good practice, what search engines find.

    .venv/bin/python -m bench.lighthouse [--only leaderboard]

Each of the four is to be at least 95 of 100. Speed is judged on a slowed-down computer, so nothing else should run.
Needs node, npm and the system's Chromium; the package is installed from bench/node once.
"""

import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

from bench.limits import GENEROUS
from bench.table import verdict
from tests import npm
from tests.browser.chromium import find_chromium
from tests.browser.server import Server
from tests.cups import cup_file
from timely.clock import now
from timely.demo.example import example_file

NODE = Path(__file__).parent / "node"
KINDS = ("performance", "accessibility", "best-practices", "seo")
LEAST = 95
SECONDS = 180
TABS = ("", "leaderboard/", "schedule/", "announcements/")


def main() -> int:
    asked = argparse.ArgumentParser(description="Lighthouse over every public page.")
    asked.add_argument("--only", nargs="+", metavar="PART", help="parts of the pages' addresses")
    options = asked.parse_args()
    if sentence := npm.missing(NODE):
        print(sentence)
        return 1
    poor = 0
    with tempfile.TemporaryDirectory(prefix="timely-bench-") as folder:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        with Server(data_dir, **GENEROUS) as server:
            print(f"{'page':44}" + "".join(f"{kind:>16}" for kind in KINDS))
            for path in addresses(server):
                if options.only and not any(part in path for part in options.only):
                    continue
                found = judged(server.url(path), Path(folder) / "report.json")
                is_good = min(found.values()) >= LEAST
                poor += not is_good
                scores = "".join(f"{found[kind]:>16}" for kind in KINDS)
                print(f"{path:44}{scores}  {verdict(is_good)}", flush=True)
    return min(poor, 1)


def addresses(server: Server) -> list[str]:
    server.add_person("Ada", "administrator")
    event_id, address = server.import_event(example_file(now(), "UTC"))
    _, cup = server.import_event(cup_file(16))
    slug = address.strip("/").split("/")[-1]
    table = server.call("GET", f"/api/events/{event_id}/leaderboard/")["tables"][0]
    why = f"{address}leaderboard/{table['id']}/{table['leaderboard'][0]['team_id']}/"
    pages = ["/", "/matches/", "/login/", *(address + tab for tab in TABS), why, f"{cup}bracket/"]
    return [*pages, f"/display/{slug}/", f"/embed/events/{slug}/leaderboard/", f"/embed/events/{slug}/schedule/"]


def judged(url: str, report: Path) -> dict[str, int]:
    """{kind: its score of 100}; nothing of a page that Lighthouse gave up on, which it says."""
    words = ["node", str(NODE / "node_modules" / "lighthouse" / "cli" / "index.js"), url, "--quiet", "--output=json"]
    words += [f"--output-path={report}", f"--only-categories={','.join(KINDS)}"]
    words += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
    environ = {**os.environ, "CHROME_PATH": find_chromium() or ""}
    done = subprocess.run(words, cwd=NODE, env=environ, capture_output=True, text=True, timeout=SECONDS, check=False)
    if done.returncode != 0:
        print(f"{url} was not judged: {done.stderr.strip()[-300:]}")
        return dict.fromkeys(KINDS, 0)
    scores = json.loads(report.read_text("utf-8"))["categories"]
    return {kind: round(100 * (scores[kind]["score"] or 0)) for kind in KINDS}


if __name__ == "__main__":
    raise SystemExit(main())
