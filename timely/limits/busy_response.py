"""Response 429 to an address that has spent its processor budget, for a page with no recent copy to send."""

import json
from html import escape

from timely.domain.translation import current_language, gettext

SECONDS = 3
PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="{seconds}">
<title>{title} · Timely</title>
</head>
<body>
<h1>{title}</h1>
<p>{message}</p>
</body>
</html>
"""


def busy(*, is_api: bool) -> tuple[str, list[tuple[str, str]], bytes]:
    """(status, headers, body)."""
    kind, body = ("application/json", _error()) if is_api else ("text/html; charset=utf-8", _page())
    headers = [
        ("Content-Type", kind),
        ("Content-Length", str(len(body))),
        ("Retry-After", str(SECONDS)),
        ("Cache-Control", "no-store"),
    ]
    return "429 Too Many Requests", headers, body


def _page() -> bytes:
    message = gettext(
        "Very much is asked for from your network at this moment. This page comes by itself in a few seconds."
    )
    title, lang = escape(gettext("One moment, please")), current_language().code
    return PAGE.format(lang=lang, seconds=SECONDS, title=title, message=escape(message)).encode()


def _error() -> bytes:
    message = gettext(
        "Very much is asked for from your network at this moment. This page comes by itself in a few seconds. "
        "Ask again then."
    )
    return json.dumps({"error": {"code": "too_many_requests", "message": message, "fields": {}}}).encode()
