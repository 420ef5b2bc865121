"""Response 429 to an address that has spent its processor budget, for a page with no recent copy to send."""

import json

SECONDS = 3
MESSAGE = "Very much is asked for from your network at this moment. This page comes by itself in a few seconds."
PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="refresh" content="{SECONDS}">
<title>One moment, please · Timely</title>
</head>
<body>
<h1>One moment, please</h1>
<p>{MESSAGE}</p>
</body>
</html>
"""


def busy(*, is_api: bool) -> tuple[str, list[tuple[str, str]], bytes]:
    """(status, headers, body)."""
    kind, body = "text/html; charset=utf-8", PAGE.encode()
    if is_api:
        error = {"error": {"code": "too_many_requests", "message": f"{MESSAGE} Ask again then.", "fields": {}}}
        kind, body = "application/json", json.dumps(error).encode()
    headers = [
        ("Content-Type", kind),
        ("Content-Length", str(len(body))),
        ("Retry-After", str(SECONDS)),
        ("Cache-Control", "no-store"),
    ]
    return "429 Too Many Requests", headers, body
