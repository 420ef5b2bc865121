"""Removes secrets from log lines: keys, tokens, passwords, cookies."""

import re

REPLACEMENT = "[removed]"

# Names whose value is a secret wherever it occurs: in a URL, a form, a header, JSON, a Python dict.
_NAMES = (
    r"(?:access_?key|key|token|csrf_token|api_?key|secret(?:_key)?|pass(?:word|wd|phrase)?|pwd|setup_code|set-up code"
    r"|session|timely_session|remember_token|_user_id|stamp)"
)
_RULES = (
    # Authorization: Bearer abc, Cookie: a=b; c=d, also as items of a dict or a WSGI environ: the whole value.
    (
        re.compile(
            r"(?i)(['\"]?\b(?:HTTP_)?(?:proxy-|PROXY_)?(?:authorization|(?:set-)?cookie)['\"]?\s*[:=,]\s*)"
            r"(?:'[^'\n]*'|\"[^\"\n]*\"|[^\n]+)"
        ),
        rf"\1{REPLACEMENT}",
    ),
    (re.compile(r"(?i)\b(bearer|basic)\s+[a-z0-9._~+/=-]{6,}"), rf"\1 {REPLACEMENT}"),
    # scheme://user:password@host; the password may hold an @ or a /.
    (re.compile(r"([a-z][a-z0-9+.-]*://[^\s:/@'\"]*):[^\s'\"]+@", re.IGNORECASE), rf"\1:{REPLACEMENT}@"),
    # A scrypt or pbkdf2 hash is not a password, but allows guessing it offline.
    (re.compile(r"\b(?:scrypt|pbkdf2):[\w:$./+=-]{8,}"), REPLACEMENT),
    (
        re.compile(
            rf"(?i)(?:(?<![a-z0-9])|(?<=%[0-9a-f]{{2}}))({_NAMES}['\"]?\s*(?:=|:|%3D|%3A)\s*)"
            r"(?:'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|(?!\[removed\])(?:(?!%26)[^\s&;,'\"<>)}\]])+)"
        ),
        rf"\1{REPLACEMENT}",
    ),
)
_HINT = re.compile(
    r"(?i)key|token|secret|pass|pwd|code|session|cookie|author|bearer|basic|://|scrypt|pbkdf2|_user_id|stamp"
)


def without_secrets(text: str) -> str:
    """The text with the values of all secrets replaced by `REPLACEMENT`."""
    if not _HINT.search(text):
        return text
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
