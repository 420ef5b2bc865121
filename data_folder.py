"""Data folder: proves that it can be written, and keeps the secret key in it.

Standard library only, like config.py: start.py makes the folder before anything is installed.
"""

import os
import secrets
from pathlib import Path

from config_parsing import ConfigError

SECRET_KEY = "secret.key"
# Marks a data folder from the creation of the key until there is a database, since a first start may be interrupted.
BEGINNING = ".first-start"


def make_writable(folder: Path) -> None:
    """Makes the folder if it is missing. Raises ConfigError if it cannot be written."""
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


def sqlite_url(folder: Path) -> str:
    """The URL of the database in the folder. Raises ConfigError if no URL can name it."""
    if "?" in str(folder):
        raise ConfigError(f"The data folder {folder} (TIMELY_DATA_DIR) must not have a ? in its name.")
    return f"sqlite:///{(folder / 'timely.sqlite3').as_posix()}"


def stored_secret_key(folder: Path) -> str:
    """The key in the folder's file; made there once, because a new key would sign everybody out."""
    path = folder / SECRET_KEY
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
