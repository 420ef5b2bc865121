"""The only reader of the environment: every setting of Timely, its default, and what it means."""

import os
import re
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent

YES = ("1", "true", "yes", "on")
NO = ("0", "false", "no", "off", "")
ORIGIN = re.compile(r"https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?", re.ASCII)
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")

# A photographed programme or a season's event file fits; 50 MB of noise does not.
LARGEST_REQUEST = 8 * 1024 * 1024


class ConfigError(Exception):
    """A setting that cannot be used; the sentence names it and says what would do."""


class Variable(NamedTuple):
    """One line of the table of settings in the README."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable("TIMELY_HOST", "0.0.0.0", "the address to listen on; 127.0.0.1 keeps Timely to this computer"),
    Variable("TIMELY_PORT", "8000", "the port, 1 to 65535"),
    Variable(
        "TIMELY_ALLOWED_HOSTS",
        "none",
        "further names to answer to, such as timely.example.org, separated by spaces; `*` is any",
    ),
    Variable("TIMELY_DATA_DIR", "data", "where the database, its backups, the secret key and the log are"),
    Variable("TIMELY_DATABASE_URL", "timely.sqlite3 in the data folder", "another database, as a URL"),
    Variable(
        "TIMELY_SECRET_KEY", "secret.key in the data folder", "what signs logins; at least 16 characters"
    ),
    Variable("TIMELY_OPEN_BROWSER", "0", "1 opens the browser once Timely answers; start.py sets it"),
    Variable("TIMELY_DEMO", "0", "1 makes an example event and plays it"),
    Variable(
        "TIMELY_EMBED_ORIGINS",
        "this server alone",
        "sites that may show live tables, such as https://club.example, with spaces between; * for all",
    ),
    Variable("TIMELY_LOG_LEVEL", "WARNING", "how much goes to the log: " + ", ".join(LOG_LEVELS)),
)


@dataclass(frozen=True)
class Config:
    """The settings of one run. Its *data_dir* exists and may be written."""

    data_dir: Path
    database_url: str
    secret_key: str
    host: str = "0.0.0.0"
    port: int = 8000
    open_browser: bool = False
    demo: bool = False
    log_level: str = "WARNING"
    embed_origins: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = ()

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """The settings in *environ*; makes the data folder and the secret key where they are missing.

        Raises ConfigError with a sentence for the person at the laptop.
        """
        port = _port(environ)
        log_level = _log_level(environ)
        allowed_hosts = _allowed_hosts(environ)
        open_browser = _switch(environ, "TIMELY_OPEN_BROWSER") and _has_a_screen(environ)
        demo = _switch(environ, "TIMELY_DEMO")
        embed_origins = _embed_origins(environ)
        secret_key = _given_secret_key(environ)
        data_dir = _data_dir(environ)
        return cls(
            data_dir=data_dir,
            database_url=_database_url(environ, data_dir),
            secret_key=secret_key or _kept_secret_key(data_dir / "secret.key"),
            host=environ.get("TIMELY_HOST", "").strip() or "0.0.0.0",
            port=port,
            open_browser=open_browser,
            demo=demo,
            log_level=log_level,
            embed_origins=embed_origins,
            allowed_hosts=allowed_hosts,
        )

    def flask_settings(self) -> dict[str, Any]:
        """The same, in Flask's words."""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SESSION_COOKIE_NAME": "timely_session",
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_HTTPONLY": True,
            # A scorer's page stays open for a whole match; the default of an hour would refuse its form.
            "WTF_CSRF_TIME_LIMIT": None,
            "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
            "TIMELY_DATA_DIR": self.data_dir,
            "TIMELY_HOST": self.host,
            "TIMELY_EMBED_ORIGINS": self.embed_origins,
            "TIMELY_ALLOWED_HOSTS": self.allowed_hosts,
        }


def _port(environ: Mapping[str, str]) -> int:
    text = environ.get("TIMELY_PORT", "").strip() or "8000"
    # isdecimal() alone would also let other scripts' digits through.
    if text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= 65535 and len(text) < 6:
        return int(text)
    raise ConfigError(f"TIMELY_PORT must be a whole number from 1 to 65535, not {text!r}. 8000 is usual.")


def _switch(environ: Mapping[str, str], name: str) -> bool:
    text = environ.get(name, "").strip().lower()
    if text in YES:
        return True
    if text in NO:
        return False
    raise ConfigError(f"{name} must be 1 (yes) or 0 (no), not {text!r}.")


def _log_level(environ: Mapping[str, str]) -> str:
    text = environ.get("TIMELY_LOG_LEVEL", "").strip().upper() or "WARNING"
    if text not in LOG_LEVELS:
        raise ConfigError(f"TIMELY_LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}, not {text!r}.")
    return text


def _embed_origins(environ: Mapping[str, str]) -> tuple[str, ...]:
    origins = tuple(environ.get("TIMELY_EMBED_ORIGINS", "").lower().split())
    for origin in origins:
        # It goes into a header word for word, so it must be nothing but an origin.
        if origin != "*" and not ORIGIN.fullmatch(origin):
            raise ConfigError(
                f"TIMELY_EMBED_ORIGINS must name sites such as https://club.example, without a path, not {origin!r}."
            )
    return origins


def _allowed_hosts(environ: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_host_name(given) for given in environ.get("TIMELY_ALLOWED_HOSTS", "").split())


def _host_name(given: str) -> str:
    """The name as a browser sends it. Neither port nor address: those are no matter of trust."""
    try:
        name = given if given == "*" else given.lower().removesuffix(".").encode("idna").decode("ascii")
    except UnicodeError:
        name = ""
    if name != "*" and not re.fullmatch(r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?", name):
        raise ConfigError(
            "TIMELY_ALLOWED_HOSTS must be names such as timely.example.org, separated by spaces "
            f"and without http:// or a port, or * for any; not {given!r}."
        )
    return name


def _has_a_screen(environ: Mapping[str, str]) -> bool:
    # Without one, Python would open a text browser in the very terminal that shows the addresses.
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def _data_dir(environ: Mapping[str, str]) -> Path:
    given = environ.get("TIMELY_DATA_DIR", "").strip()
    folder = Path(os.path.abspath(Path(given).expanduser())) if given else ROOT / "data"
    trial = folder / f".write-test-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial.write_bytes(b"x")
        trial.unlink()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ConfigError(
            f"The data folder {folder} (TIMELY_DATA_DIR) cannot be used: {reason}. "
            "Choose a folder that can be written with --data-dir, or make room on the disk."
        ) from error
    return folder


def _database_url(environ: Mapping[str, str], data_dir: Path) -> str:
    given = environ.get("TIMELY_DATABASE_URL", "").strip()
    if not given:
        if "?" in str(data_dir):
            raise ConfigError(f"The data folder {data_dir} (TIMELY_DATA_DIR) must not have a ? in its name.")
        return f"sqlite:///{(data_dir / 'timely.sqlite3').as_posix()}"
    scheme, colon, rest = given.partition("://")
    if not colon or not scheme or not rest:
        # The value is not repeated: it may hold a password.
        raise ConfigError(
            "TIMELY_DATABASE_URL must be a database's URL, such as postgresql://user:password@host/timely."
        )
    # The bare name means psycopg 3 to SQLAlchemy, which would stop every page while the database works.
    if scheme in ("postgres", "postgresql"):
        scheme = "postgresql+psycopg2"
    return f"{scheme}://{rest}"


def _given_secret_key(environ: Mapping[str, str]) -> str | None:
    given = environ.get("TIMELY_SECRET_KEY", "").strip()
    if given and len(given) < 16:
        raise ConfigError("TIMELY_SECRET_KEY must have 16 characters or more; leave it out to have one made.")
    return given or None


def _kept_secret_key(path: Path) -> str:
    """The key in the file; made there once, for a new key would log everybody out."""
    try:
        if path.exists() and len(key := path.read_text("ascii").strip()) >= 16:
            return key
        _write_secret_key(path)
        return path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is damaged; delete it to have a new one made"
        raise ConfigError(f"The secret key {path} cannot be used: {reason}.") from error


def _write_secret_key(path: Path) -> None:
    broken = path.exists()
    trial = path.with_name(f".secret-{os.getpid()}")
    trial.unlink(missing_ok=True)
    number = os.open(trial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(number, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        if broken:
            os.replace(trial, path)
        else:
            # A link is refused when another start was quicker; its key then stands for both.
            os.link(trial, path)
    except FileExistsError:
        pass
    except OSError:  # a memory stick knows no links
        os.replace(trial, path)
    finally:
        trial.unlink(missing_ok=True)
