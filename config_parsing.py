"""Parsers of the settings' texts: each takes (text, name of the setting) and returns the value, or raises ConfigError.

Standard library only, like config.py: start.py reads the settings before anything is installed.
"""

import os
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

YES = ("1", "true", "yes", "on")
NO = ("0", "false", "no", "off")
ORIGIN = re.compile(r"https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?", re.ASCII)

# Placeholders for secrets in deploy/.
EXAMPLES = ("put-the-output-of-openssl-rand-hex-32-here", "the-password", "the-redis-password")


class ConfigError(Exception):
    """A setting that cannot be used; the sentence names it and says which values can."""


def as_written(text: str, name: str) -> str:
    return text


def switch(text: str, name: str) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise ConfigError(f"{name} must be 1 (yes) or 0 (no), not {text.lower()!r}.")


def one_of(choices: Sequence[str], case: Callable[[str], str]) -> Callable[[str, str], str]:
    """The parser of a setting with few values, which are all in the *case*: str.lower or str.upper."""

    def parse(text: str, name: str) -> str:
        if case(text) not in choices:
            raise ConfigError(f"{name} must be one of {', '.join(choices)}, not {case(text)[:20]!r}.")
        return case(text)

    return parse


def whole_number(least: int, most: int, hint: str) -> Callable[[str, str], int]:
    """The parser of a number within bounds. *hint* is the sentence that follows a refusal."""

    def parse(text: str, name: str) -> int:
        # Not \d or isdecimal(), which also accept digits of other scripts; the length bounds the work of int().
        if re.fullmatch(r"[0-9]+", text) and len(text) <= len(str(most)) and least <= int(text) <= most:
            return int(text)
        raise ConfigError(f"{name} must be a whole number from {least} to {most}, not {text[:20]!r}. {hint}")

    return parse


def folder(text: str, name: str) -> Path | None:
    """The absolute path, None if nothing is given."""
    return Path(os.path.abspath(Path(text).expanduser())) if text else None


def origins(text: str, name: str) -> tuple[str, ...]:
    """Origins of web sites, or `*`."""
    found = tuple(text.lower().split())
    for origin in found:
        # It is copied into a header verbatim, so it must be nothing but an origin.
        if origin != "*" and not ORIGIN.fullmatch(origin):
            raise ConfigError(f"{name} must name sites such as https://club.example, without a path, not {origin!r}.")
    return found


def host_names(text: str, name: str) -> tuple[str, ...]:
    """Names of this server as browsers send them, or `*`."""
    return tuple(_host_name(given, name) for given in text.split())


def _host_name(given: str, name: str) -> str:
    # Ports and addresses are not accepted: trust does not depend on them.
    try:
        host = given if given == "*" else given.lower().removesuffix(".").encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    if host != "*" and not re.fullmatch(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?", host):
        raise ConfigError(
            f"{name} must be names such as timely.example.org, separated by spaces "
            f"and without http:// or a port, or * for any; not {given!r}."
        )
    return host


def database_url(text: str, name: str) -> str:
    """SQLAlchemy's URL of the database, "" if nothing is given."""
    if not text:
        return ""
    scheme, colon, rest = text.partition("://")
    if not colon or not scheme or not rest:
        # The value is not repeated: it may contain a password.
        raise ConfigError(f"{name} must be a database's URL, such as postgresql://user:password@host/timely.")
    _require_own_password(text, name)
    # The bare name means psycopg 3 to SQLAlchemy, which would block every page while the database works.
    if scheme in ("postgres", "postgresql"):
        scheme = "postgresql+psycopg2"
    return f"{scheme}://{rest}"


def redis_url(text: str, name: str) -> str:
    try:
        parts = urlsplit(text)
        is_tcp = parts.scheme in ("redis", "rediss") and bool(parts.hostname) and parts.port != 0
        is_valid = is_tcp or (parts.scheme == "unix" and bool(parts.path))
    except ValueError:  # an invalid port
        is_valid = False
    if text and not is_valid:
        # The value is not repeated: it may contain a password.
        raise ConfigError(f"{name} must be a Redis server's URL, such as redis://host:6379/0.")
    _require_own_password(text, name)
    return text


def _require_own_password(url: str, name: str) -> None:
    """Raises ConfigError if the URL has an example password of deploy/, which everybody can read."""
    if any(f":{example}@" in url for example in EXAMPLES):
        raise ConfigError(
            f"{name} still has the password of the example file, which everybody can read. Put one of your own "
            "there and where the server is set up: openssl rand -hex 24 makes one."
        )


def secret_key(text: str, name: str) -> str:
    if text in EXAMPLES:
        raise ConfigError(
            f"{name} is still the one of the example file, which everybody can read. Put a key of your own "
            "there: openssl rand -hex 32 makes one."
        )
    if text and len(text) < 16:
        raise ConfigError(f"{name} must have 16 characters or more; leave it out to have one made.")
    return text


def bearer_token(text: str, name: str) -> str | None:
    # It is sent in a header, which takes no other characters unencoded. The value is not repeated.
    if text and not re.fullmatch(r"[!-~]{16,}", text):
        raise ConfigError(
            f"{name} must have 16 characters or more, of letters, digits and signs without spaces; "
            "leave it out to let nobody read the figures from outside."
        )
    return text or None
