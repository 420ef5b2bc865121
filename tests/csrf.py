"""Token of a form, as a browser finds it in the page."""

import re

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def token_in(page: str) -> str:
    """The `csrf_token` of the first form in the page."""
    found = TOKEN.search(page)
    assert found, "the page has no form with a token"
    return found[1]
