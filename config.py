"""Settings of Timely with defaults and meanings; the only reader of the environment."""

import importlib.util
import os
import re
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent

YES = ("1", "true", "yes", "on")
NO = ("0", "false", "no", "off", "")
ORIGIN = re.compile(r"https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?", re.ASCII)
ASYNC_MODES = ("eventlet", "gevent", "threading")  # the first is the default
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")

SECRET_KEY = "secret.key"
# Marks a data folder from the creation of the key until there is a database, since a first start may be interrupted.
BEGINNING = ".first-start"

# A photographed programme or a season's event file fits; 50 MB of junk does not.
LARGEST_REQUEST = 8 * 1024 * 1024


# Placeholders for secrets in deploy/.
EXAMPLES = ("put-the-output-of-openssl-rand-hex-32-here", "the-password", "the-redis-password")


class ConfigError(Exception):
    """A setting that cannot be used; the sentence names it and says which values can."""


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
    Variable(
        "TIMELY_DATABASE_URL",
        "timely.sqlite3 in the data folder",
        "another database, such as postgresql://user:password@host/timely",
    ),
    Variable(
        "TIMELY_REDIS_URL",
        "none",
        "what several workers talk to each other through, such as redis://host:6379/0",
    ),
    Variable("TIMELY_PROXIES", "0", "how many proxies stand in front, such as 1 for nginx; their word is believed"),
    Variable(
        "TIMELY_SECRET_KEY", "secret.key in the data folder", "what signs logins; at least 16 characters"
    ),
    Variable("TIMELY_OPEN_BROWSER", "0", "1 opens the browser once Timely answers; start.py sets it"),
    Variable("TIMELY_DEMO", "0", "1 makes an example event and plays it"),
    Variable("TIMELY_NEW", "0", "1 begins anew where the database is lost; start.py --new sets it"),
    Variable(
        "TIMELY_EMBED_ORIGINS",
        "this server alone",
        "sites that may show live tables, such as https://club.example, with spaces between; * for all",
    ),
    Variable(
        "TIMELY_ASYNC_MODE",
        ASYNC_MODES[0],
        "the server: " + ", ".join(ASYNC_MODES) + "; see docs/servers.md",
    ),
    Variable("TIMELY_FAN_OUT", "1", "0 leaves it to the libraries to send a message to many, which is slower"),
    Variable("TIMELY_CONNECTIONS_PER_ADDRESS", "6000", "how many one address may have open, of 10,000 in all"),
    Variable("TIMELY_TOPICS_PER_CONNECTION", "300", "how many topics one connection may follow"),
    Variable("TIMELY_MESSAGES_PER_SECOND", "20", "how much one connection may say, with five times as much at once"),
    Variable("TIMELY_WRITES_PER_MINUTE", "6000", "how many forms and API writes one person may send"),
    Variable("TIMELY_READS_PER_MINUTE", "60000", "how often one address may ask the API"),
    Variable(
        "TIMELY_DRAWING_PER_ADDRESS",
        "25",
        "how much of a processor, in percent, pages that are drawn for one address may take; 0 is any",
    ),
    Variable(
        "TIMELY_METRICS_TOKEN",
        "none",
        "lets a Prometheus on another machine read /metrics, as a bearer; at least 16 characters",
    ),
    Variable("TIMELY_LOG_LEVEL", "WARNING", "how much goes to the log: " + ", ".join(LOG_LEVELS)),
)


@dataclass(frozen=True)
class Config:
    """The settings of one run. Its *data_dir* exists and is writable."""

    data_dir: Path
    database_url: str
    secret_key: str
    host: str = "0.0.0.0"
    port: int = 8000
    open_browser: bool = False
    demo: bool = False
    new: bool = False
    log_level: str = "WARNING"
    async_mode: str = ASYNC_MODES[0]
    fan_out: bool = True
    redis_url: str = ""
    proxies: int = 0
    embed_origins: tuple[str, ...] = ()
    allowed_hosts: tuple[str, ...] = ()
    metrics_token: str | None = None
    connections_per_address: int = 6000
    topics_per_connection: int = 300
    messages_per_second: int = 20
    writes_per_minute: int = 6000
    reads_per_minute: int = 60_000
    drawing_per_address: int = 25

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """The settings in *environ*; makes the data folder and the secret key if they are missing.

        Raises ConfigError with a sentence for the person at the laptop.
        """
        port = _port(environ)
        log_level = _log_level(environ)
        allowed_hosts = _allowed_hosts(environ)
        open_browser = _switch(environ, "TIMELY_OPEN_BROWSER") and _has_a_screen(environ)
        demo = _switch(environ, "TIMELY_DEMO")
        new = _switch(environ, "TIMELY_NEW")
        mode = async_mode(environ)
        fan_out = _switch(environ, "TIMELY_FAN_OUT", "1")
        embed_origins = _embed_origins(environ)
        redis_url = _redis_url(environ)
        proxies = _proxies(environ)
        secret_key = _given_secret_key(environ)
        if redis_url and not secret_key:
            raise ConfigError(
                "TIMELY_REDIS_URL is for several workers, and a login at one must be good at all: "
                "give them the same TIMELY_SECRET_KEY, of 16 characters or more."
            )
        metrics_token = _metrics_token(environ)
        connections_per_address = _number(environ, "TIMELY_CONNECTIONS_PER_ADDRESS", 6000, least=10)
        topics_per_connection = _number(environ, "TIMELY_TOPICS_PER_CONNECTION", 300, least=10)
        messages_per_second = _number(environ, "TIMELY_MESSAGES_PER_SECOND", 20, least=2)
        writes_per_minute = _number(environ, "TIMELY_WRITES_PER_MINUTE", 6000, least=60)
        reads_per_minute = _number(environ, "TIMELY_READS_PER_MINUTE", 60_000, least=60)
        drawing_per_address = _number(environ, "TIMELY_DRAWING_PER_ADDRESS", 25, least=0)
        data_dir = _data_dir(environ)
        return cls(
            data_dir=data_dir,
            database_url=_database_url(environ, data_dir),
            secret_key=secret_key or _kept_secret_key(data_dir / SECRET_KEY),
            host=environ.get("TIMELY_HOST", "").strip() or "0.0.0.0",
            port=port,
            open_browser=open_browser,
            demo=demo,
            new=new,
            log_level=log_level,
            async_mode=mode,
            fan_out=fan_out,
            redis_url=redis_url,
            proxies=proxies,
            embed_origins=embed_origins,
            allowed_hosts=allowed_hosts,
            metrics_token=metrics_token,
            connections_per_address=connections_per_address,
            topics_per_connection=topics_per_connection,
            messages_per_second=messages_per_second,
            writes_per_minute=writes_per_minute,
            reads_per_minute=reads_per_minute,
            drawing_per_address=drawing_per_address,
        )

    @property
    def packages(self) -> list[tuple[str, str]]:
        """[(package, the setting that needs it)] beyond requirements.txt."""
        needed = [("redis", "TIMELY_REDIS_URL")] if self.redis_url else []
        if self.database_url.startswith("postgresql+psycopg2:"):
            needed.append(("psycopg2", "TIMELY_DATABASE_URL"))
        if self.async_mode == "gevent":
            needed.append(("gevent", "TIMELY_ASYNC_MODE"))
        return needed

    def require_packages(self) -> None:
        """Raises ConfigError if a setting needs a package that is not installed.

        Call it after start.py could install it.
        """
        for package, setting in self.packages:
            if importlib.util.find_spec(package) is None:
                raise ConfigError(
                    f"{setting} needs the Python package {package}, which is not installed. Start Timely by start.py, "
                    "which installs it, or say: python -m pip install -r requirements-large.txt"
                )

    def flask_settings(self) -> dict[str, Any]:
        """The settings under Flask's names."""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SESSION_COOKIE_NAME": "timely_session",
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_HTTPONLY": True,
            # A scorer's page stays open for a whole match; the default of an hour would reject its form.
            "WTF_CSRF_TIME_LIMIT": None,
            "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
            "TIMELY_DATA_DIR": self.data_dir,
            "TIMELY_NEW": self.new,
            "TIMELY_HOST": self.host,
            "TIMELY_FAN_OUT": self.fan_out,
            "TIMELY_REDIS_URL": self.redis_url,
            "TIMELY_PROXIES": self.proxies,
            "TIMELY_EMBED_ORIGINS": self.embed_origins,
            "TIMELY_ALLOWED_HOSTS": self.allowed_hosts,
            "TIMELY_METRICS_TOKEN": self.metrics_token,
            "TIMELY_CONNECTIONS_PER_ADDRESS": self.connections_per_address,
            "TIMELY_TOPICS_PER_CONNECTION": self.topics_per_connection,
            "TIMELY_MESSAGES_PER_SECOND": self.messages_per_second,
            "TIMELY_WRITES_PER_MINUTE": self.writes_per_minute,
            "TIMELY_READS_PER_MINUTE": self.reads_per_minute,
            "TIMELY_DRAWING_PER_ADDRESS": self.drawing_per_address,
            "TIMELY_PORT": self.port,
        }


def async_mode(environ: Mapping[str, str] = os.environ) -> str:
    """The chosen server. Read before anything else, because most servers patch what later imports use.

    Raises ConfigError with a sentence.
    """
    text = environ.get("TIMELY_ASYNC_MODE", "").strip().lower() or ASYNC_MODES[0]
    if text not in ASYNC_MODES:
        raise ConfigError(f"TIMELY_ASYNC_MODE must be one of {', '.join(ASYNC_MODES)}, not {text[:20]!r}.")
    return text


def _port(environ: Mapping[str, str]) -> int:
    text = environ.get("TIMELY_PORT", "").strip() or "8000"
    # isdecimal() alone would also accept digits of other scripts.
    if text.isascii() and text.isdecimal() and 1 <= int(text[:6]) <= 65535 and len(text) < 6:
        return int(text)
    raise ConfigError(f"TIMELY_PORT must be a whole number from 1 to 65535, not {text!r}. 8000 is usual.")


def is_large(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether requirements-large.txt is needed too. Called before anything is installed; validates nothing."""
    names = ("TIMELY_DATABASE_URL", "TIMELY_REDIS_URL", "TIMELY_ASYNC_MODE")
    database, redis_url, mode = (environ.get(name, "").strip() for name in names)
    return database.startswith("postgres") or bool(redis_url) or mode.lower() == "gevent"


def _number(environ: Mapping[str, str], name: str, default: int, least: int) -> int:
    text = environ.get(name, "").strip() or str(default)
    if re.fullmatch(r"[0-9]{1,7}", text, re.ASCII) and least <= int(text) <= 1_000_000:
        return int(text)
    raise ConfigError(
        f"{name} must be a whole number from {least} to 1000000, not {text[:20]!r}. {default} is usual."
    )


def _switch(environ: Mapping[str, str], name: str, default: str = "0") -> bool:
    text = environ.get(name, "").strip().lower() or default
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
        # It is copied into a header verbatim, so it must be nothing but an origin.
        if origin != "*" and not ORIGIN.fullmatch(origin):
            raise ConfigError(
                f"TIMELY_EMBED_ORIGINS must name sites such as https://club.example, without a path, not {origin!r}."
            )
    return origins


def _allowed_hosts(environ: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(_host_name(given) for given in environ.get("TIMELY_ALLOWED_HOSTS", "").split())


def _host_name(given: str) -> str:
    """The name as a browser sends it. Ports and addresses are not accepted: trust does not depend on them."""
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
    # Without one, Python would open a text browser in the terminal that shows the addresses.
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def _data_dir(environ: Mapping[str, str]) -> Path:
    given = environ.get("TIMELY_DATA_DIR", "").strip()
    folder = Path(os.path.abspath(Path(given).expanduser())) if given else ROOT / "data"
    trial = folder / f".write-test-{os.getpid()}"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)  # an existing folder may be shared on purpose
        try:
            trial.write_bytes(b"x")
        finally:
            trial.unlink(missing_ok=True)
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
        # The value is not repeated: it may contain a password.
        raise ConfigError(
            "TIMELY_DATABASE_URL must be a database's URL, such as postgresql://user:password@host/timely."
        )
    _require_own_password(given, "TIMELY_DATABASE_URL")
    # The bare name means psycopg 3 to SQLAlchemy, which would block every page while the database works.
    if scheme in ("postgres", "postgresql"):
        scheme = "postgresql+psycopg2"
    return f"{scheme}://{rest}"


def _redis_url(environ: Mapping[str, str]) -> str:
    given = environ.get("TIMELY_REDIS_URL", "").strip()
    try:
        parts = urlsplit(given)
        is_on_a_host = parts.scheme in ("redis", "rediss") and bool(parts.hostname) and parts.port != 0
        is_one = is_on_a_host or (parts.scheme == "unix" and bool(parts.path))
    except ValueError:  # an invalid port
        is_one = False
    if given and not is_one:
        # The value is not repeated: it may contain a password.
        raise ConfigError("TIMELY_REDIS_URL must be a Redis server's URL, such as redis://host:6379/0.")
    _require_own_password(given, "TIMELY_REDIS_URL")
    return given


def _require_own_password(url: str, setting: str) -> None:
    """Raises ConfigError if the URL has an example password of deploy/, which everybody can read."""
    if any(f":{example}@" in url for example in EXAMPLES):
        raise ConfigError(
            f"{setting} still has the password of the example file, which everybody can read. Put one of your own "
            "there and where the server is set up: openssl rand -hex 24 makes one."
        )


def _proxies(environ: Mapping[str, str]) -> int:
    text = environ.get("TIMELY_PROXIES", "").strip() or "0"
    if re.fullmatch(r"[0-9]", text, re.ASCII):
        return int(text)
    raise ConfigError(f"TIMELY_PROXIES must be a whole number from 0 to 9, not {text[:20]!r}. Behind nginx it is 1.")


def _given_secret_key(environ: Mapping[str, str]) -> str | None:
    given = environ.get("TIMELY_SECRET_KEY", "").strip()
    if given in EXAMPLES:
        raise ConfigError(
            "TIMELY_SECRET_KEY is still the one of the example file, which everybody can read. Put a key of your own "
            "there: openssl rand -hex 32 makes one."
        )
    if given and len(given) < 16:
        raise ConfigError("TIMELY_SECRET_KEY must have 16 characters or more; leave it out to have one made.")
    return given or None


def _metrics_token(environ: Mapping[str, str]) -> str | None:
    given = environ.get("TIMELY_METRICS_TOKEN", "").strip()
    # It is sent in a header, which takes no other characters unencoded. The value is not repeated.
    if given and not re.fullmatch(r"[!-~]{16,}", given):
        raise ConfigError(
            "TIMELY_METRICS_TOKEN must have 16 characters or more, of letters, digits and signs without spaces; "
            "leave it out to let nobody read the figures from outside."
        )
    return given or None


def _kept_secret_key(path: Path) -> str:
    """The key in the file; made there once, because a new key would sign everybody out."""
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
    if not broken:
        path.with_name(BEGINNING).touch(0o600)
    trial = path.with_name(f".secret-{os.getpid()}")
    trial.unlink(missing_ok=True)
    try:
        number = os.open(trial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(number, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32) + "\n")
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(trial, path, broken)
    finally:
        trial.unlink(missing_ok=True)


def _put_in_place(trial: Path, path: Path, broken: bool) -> None:
    try:
        if broken:
            os.replace(trial, path)
        else:
            # Linking fails if another start was faster; then its key is used by both.
            os.link(trial, path)
    except FileExistsError:
        pass
    except OSError:  # file systems of memory sticks have no links
        os.replace(trial, path)
