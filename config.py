"""Settings of Timely: one table of names, defaults and meanings; the only reader of the environment."""

import importlib.util
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import config_parsing as parsing
from config_language import system_locale
from config_parsing import ConfigError
from config_setting import Setting, limit, setting
from data_folder import make_writable, sqlite_url, stored_secret_key

ROOT = Path(__file__).resolve().parent

ASYNC_MODES = ("eventlet", "gevent", "threading")  # the first is the default
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")

# A photographed programme or a season's event file fits; 50 MB of junk does not.
LARGEST_REQUEST = 8 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Config:
    """The settings of one run, in the order of the README's table. Its *data_dir* exists and is writable."""

    host: str = setting(
        "TIMELY_HOST",
        "0.0.0.0",
        parsing.as_written,
        "the address to listen on; 127.0.0.1 keeps Timely to this computer",
    )
    port: int = setting("TIMELY_PORT", "8000", parsing.whole_number(1, 65535, "8000 is usual."), "the port, 1 to 65535")
    allowed_hosts: tuple[str, ...] = setting(
        "TIMELY_ALLOWED_HOSTS",
        "",
        parsing.host_names,
        "further names to answer to, such as timely.example.org, separated by spaces; `*` is any",
        if_left_out="none",
    )
    data_dir: Path = setting(
        "TIMELY_DATA_DIR",
        "",
        parsing.folder,
        "where the database, its backups, the secret key and the log are",
        if_left_out="data",
        is_required=True,
    )
    database_url: str = setting(
        "TIMELY_DATABASE_URL",
        "",
        parsing.database_url,
        "another database, such as postgresql://user:password@host/timely",
        if_left_out="timely.sqlite3 in the data folder",
        for_app=False,
        is_required=True,
    )
    redis_url: str = setting(
        "TIMELY_REDIS_URL",
        "",
        parsing.redis_url,
        "what several workers talk to each other through, such as redis://host:6379/0",
        if_left_out="none",
    )
    proxies: int = setting(
        "TIMELY_PROXIES",
        "0",
        parsing.whole_number(0, 9, "Behind nginx it is 1."),
        "how many proxies stand in front, such as 1 for nginx; their word is believed",
    )
    secret_key: str = setting(
        "TIMELY_SECRET_KEY",
        "",
        parsing.secret_key,
        "what signs logins; at least 16 characters",
        if_left_out="secret.key in the data folder",
        for_app=False,
        is_required=True,
    )
    open_browser: bool = setting(
        "TIMELY_OPEN_BROWSER",
        "0",
        parsing.switch,
        "1 opens the browser once Timely answers; start.py sets it",
        for_app=False,
    )
    demo: bool = setting("TIMELY_DEMO", "0", parsing.switch, "1 makes an example event and plays it", for_app=False)
    new: bool = setting(
        "TIMELY_NEW", "0", parsing.switch, "1 begins anew where the database is lost; start.py --new sets it"
    )
    embed_origins: tuple[str, ...] = setting(
        "TIMELY_EMBED_ORIGINS",
        "",
        parsing.origins,
        "sites that may show live tables, such as https://club.example, with spaces between; * for all",
        if_left_out="this server alone",
    )
    async_mode: str = setting(
        "TIMELY_ASYNC_MODE",
        ASYNC_MODES[0],
        parsing.one_of(ASYNC_MODES, str.lower),
        "the server: " + ", ".join(ASYNC_MODES) + "; see docs/servers.md",
        for_app=False,
    )
    fan_out: bool = setting(
        "TIMELY_FAN_OUT", "1", parsing.switch, "0 leaves it to the libraries to send a message to many, which is slower"
    )
    connections_per_address: int = limit(
        "TIMELY_CONNECTIONS_PER_ADDRESS", 6000, "how many one address may have open, of 10,000 in all", least=10
    )
    topics_per_connection: int = limit(
        "TIMELY_TOPICS_PER_CONNECTION", 300, "how many topics one connection may follow", least=10
    )
    messages_per_second: int = limit(
        "TIMELY_MESSAGES_PER_SECOND",
        20,
        "how much one connection may say, with five times as much at once",
        least=2,
    )
    writes_per_minute: int = limit(
        "TIMELY_WRITES_PER_MINUTE", 6000, "how many forms and API writes one person may send", least=60
    )
    reads_per_minute: int = limit("TIMELY_READS_PER_MINUTE", 60_000, "how often one address may ask the API", least=60)
    drawing_per_address: int = limit(
        "TIMELY_DRAWING_PER_ADDRESS",
        25,
        "how much of a processor, in percent, pages that are drawn for one address may take; 0 is any",
        least=0,
    )
    language: str = setting(
        "TIMELY_LANGUAGE",
        "en",
        parsing.as_written,
        "the language where neither the visitor nor the event says one, such as de; if set, the terminal's too",
    )
    metrics_token: str | None = setting(
        "TIMELY_METRICS_TOKEN",
        "",
        parsing.bearer_token,
        "lets a Prometheus on another machine read /metrics, as a bearer; at least 16 characters",
        if_left_out="none",
    )
    log_level: str = setting(
        "TIMELY_LOG_LEVEL",
        "WARNING",
        parsing.one_of(LOG_LEVELS, str.upper),
        "how much goes to the log: " + ", ".join(LOG_LEVELS),
        for_app=False,
    )

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Config":
        """The settings in *environ*; makes the data folder and the secret key if they are missing.

        Raises ConfigError with a sentence for the person at the laptop.
        """
        found = {attribute: one.read(environ) for attribute, one in BY_ATTRIBUTE.items()}
        if found["redis_url"] and not found["secret_key"]:
            raise ConfigError(
                "TIMELY_REDIS_URL is for several workers, and a login at one must be good at all: "
                "give them the same TIMELY_SECRET_KEY, of 16 characters or more."
            )
        # Only now, so that a refused setting leaves no folder behind.
        data_dir = found["data_dir"] or ROOT / "data"
        make_writable(data_dir)
        found["data_dir"] = data_dir
        found["database_url"] = found["database_url"] or sqlite_url(data_dir)
        found["secret_key"] = found["secret_key"] or stored_secret_key(data_dir)
        found["open_browser"] = found["open_browser"] and _has_a_screen(environ)
        return cls(**found)

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
        for package, needing in self.packages:
            if importlib.util.find_spec(package) is None:
                raise ConfigError(
                    f"{needing} needs the Python package {package}, which is not installed. Start Timely by start.py, "
                    "which installs it, or say: python -m pip install -r requirements-large.txt"
                )

    def flask_settings(self) -> dict[str, Any]:
        """The settings under Flask's names, and under their own."""
        return {
            "SECRET_KEY": self.secret_key,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SESSION_COOKIE_NAME": "timely_session",
            "SESSION_COOKIE_SAMESITE": "Lax",
            "SESSION_COOKIE_HTTPONLY": True,
            # A scorer's page stays open for a whole match; the default of an hour would reject its form.
            "WTF_CSRF_TIME_LIMIT": None,
            "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
            **{one.name: getattr(self, attribute) for attribute, one in BY_ATTRIBUTE.items() if one.for_app},
        }


BY_ATTRIBUTE: dict[str, Setting] = {one.name: one.metadata["setting"] for one in fields(Config)}
SETTINGS = tuple(BY_ATTRIBUTE.values())


def async_mode(environ: Mapping[str, str] = os.environ) -> str:
    """The chosen server. Read before anything else, because most servers patch what later imports use.

    Raises ConfigError with a sentence.
    """
    mode: str = BY_ATTRIBUTE["async_mode"].read(environ)
    return mode


def is_large(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether requirements-large.txt is needed too. Called before anything is installed; validates nothing."""
    names = ("TIMELY_DATABASE_URL", "TIMELY_REDIS_URL", "TIMELY_ASYNC_MODE")
    database, redis, mode = (environ.get(name, "").strip() for name in names)
    return database.startswith("postgres") or bool(redis) or mode.lower() == "gevent"


def terminal_language(environ: Mapping[str, str] = os.environ) -> str:
    """The language that the terminal is spoken to in, a code or a locale: TIMELY_LANGUAGE if set, else the system's."""
    return environ.get("TIMELY_LANGUAGE", "").strip() or system_locale(environ)


def _has_a_screen(environ: Mapping[str, str]) -> bool:
    # Without one, Python would open a text browser in the terminal that shows the addresses.
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))
