"""Addresses within this site, as a form or a link brings them."""

import re
from urllib.parse import urlsplit

LONGEST_BACK = 500  # of the way back that a form brings


def local_path(asked: str) -> str:
    """*asked* if it leads to a page of this site, else ""."""
    # Browsers drop control characters and take a backslash for a slash: "/\\evil.example" is another site.
    if not asked.startswith("/") or asked.startswith("//") or re.search(r"[\x00-\x20\\\x7f]", asked):
        return ""
    parts = urlsplit(asked)
    return "" if parts.scheme or parts.netloc else asked
