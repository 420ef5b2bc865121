"""Takes the README's picture, docs/leaderboard.png: the real leaderboard of the example event in a real browser.

.venv/bin/python -m docs.picture
"""

import tempfile
from pathlib import Path

from tests.browser.chromium import a_browser
from tests.browser.pages import wait_for_state
from tests.browser.server import Server

PICTURE = Path(__file__).with_name("leaderboard.png")
SIZE = {"width": 1280, "height": 860}
MARGIN = 20


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder) / "data"
        data_dir.mkdir()
        with Server(data_dir, TIMELY_DEMO="1") as server, a_browser() as browser:
            page = browser.new_page(viewport=SIZE, color_scheme="light", reduced_motion="reduce")
            page.goto(server.url("/events/saturday-summer-cup/leaderboard/"))
            wait_for_state(page, "live")
            page.locator(".is-now li[data-row]").nth(1).wait_for()
            # Down to the end of what comes next, so that no card is cut.
            card = page.locator(".column-side .card").nth(1).bounding_box()
            assert card
            height = card["y"] + card["height"] + MARGIN
            clip = {"x": 0, "y": 0, "width": SIZE["width"], "height": height}
            page.screenshot(path=PICTURE, full_page=True, clip=clip)


if __name__ == "__main__":
    main()
