"""The system's own Chromium, driven by Playwright."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Playwright, sync_playwright

# The first is the same browser without windows of its own, at half the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
MISSING = (
    "No Chromium is installed, so the pages cannot be tried in a real browser. "
    "On Debian: apt install chromium. On others: install Chromium or Google Chrome."
)


def find_chromium() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def open_browser(playwright: Playwright) -> Browser:
    """A browser process of its own. Raises RuntimeError where none is installed."""
    path = find_chromium()
    if path is None:
        raise RuntimeError(MISSING)
    return playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS])


@contextmanager
def a_browser() -> Iterator[Browser]:
    """For scripts that are no tests."""
    with sync_playwright() as playwright:
        browser = open_browser(playwright)
        yield browser
        browser.close()
