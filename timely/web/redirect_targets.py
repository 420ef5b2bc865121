"""Validates local redirect targets that come in a form or a link."""

import re
from urllib.parse import urlsplit

LONGEST_BACK = 500  # of the return address in a form


def local_path(path: str) -> str:
    """*path* if it leads to a page of this site, else ""."""
    # Browsers drop control characters and read a backslash as a slash: "/\\evil.example" is another site.
    if not path.startswith("/") or path.startswith("//") or re.search(r"[\x00-\x20\\\x7f]", path):
        return ""
    parts = urlsplit(path)
    return "" if parts.scheme or parts.netloc else path
