"""Command line: `python3 start.py COMMAND …`. Standard output carries only the command's result."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import click
from flask import Flask

from config import Config
from config_parsing import ConfigError
from timely import create_app
from timely.database import upgrade
from timely.database.errors import DatabaseBusy
from timely.database.file_check import SchemaError
from timely.domain.errors import ValidationError
from timely.domain.storable import REFUSAL, unstorable
from timely.event_file.limits import MOST_BYTES
from timely.event_file.read import read_event_file
from timely.extensions import db
from timely.file_permissions import OWNERS
from timely.models import Event, User
from timely.models.ids import read_id
from timely.presenters.units import count
from timely.queries.event_files import event_file_text
from timely.queries.events import events_called
from timely.queries.people import user_named
from timely.services import people
from timely.services.errors import NotAllowed, RuleBroken
from timely.services.event_files import import_event as create_event

KNOWN = (ConfigError, SchemaError, ValidationError, RuleBroken, NotAllowed)


class ErrorSentences(click.Group):
    """Command group that turns known errors into one sentence on standard error, and exit code 1."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if (where := unstorable(args)) is not None:
            raise click.UsageError(f"word {where.strip('[]')} {REFUSAL}; type it in UTF-8")
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KNOWN as error:
            raise click.ClickException(str(error)) from error
        except DatabaseBusy as error:
            raise click.ClickException("The database is busy: another program is writing. Try again.") from error
        except OSError as error:
            named = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{named}{error.strerror or error}.") from error


@click.group(cls=ErrorSentences, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Work on the data folder without a browser; Timely may be running meanwhile."""


@main.command("import-event")
@click.argument("file")
@click.option("--owner", metavar="NAME", help="The organiser who gets the right in it; else administrators only.")
def import_event(file: str, owner: str | None) -> None:
    """Import the event in FILE (JSON; - is standard input)."""
    read = read_event_file(_bytes_of(file))
    app = _app()
    with app.app_context():
        user = _user(owner) if owner else None
        if user and user.role == "scorer":
            raise RuleBroken(f"{user.name} is a scorer; an event belongs to an organiser.")
        same_name = [one.slug for one in events_called(read.name, read.season, None)]
        event = create_event(read, owner=None if user and user.is_administrator else user)
        line = f"event {event.id}  /events/{event.slug}/"
    if same_name:
        click.echo(f"There is another event of this name: {', '.join(same_name[:5])}", err=True)
    _list("Ignored, because Timely does not know these keys:", read.ignored)
    click.echo(line)


@main.command("export-event")
@click.argument("event_id", metavar="ID")
def export_event(event_id: str) -> None:
    """Write the event's file, as JSON, to standard output."""
    with _app().app_context():
        text = event_file_text(_event(event_id))
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())  # always UTF-8, whatever the encoding of the terminal
    sys.stdout.buffer.flush()


@main.command("create-user")
@click.argument("name")
@click.option("--role", required=True, help="administrator, organiser or scorer.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, not the keyboard.")
@click.option("--event", "event_ids", metavar="ID", multiple=True, help="A right in this event; may be repeated.")
def create_user(name: str, role: str, password_stdin: bool, event_ids: tuple[str, ...]) -> None:
    """Create a user who can sign in."""
    with _app().app_context():
        rights = [(_event(id_), None) for id_ in dict.fromkeys(event_ids)]
        user = people.create_user(name, _password(password_stdin), role, rights=rights, by=None)
        click.echo(f"user {user.id}  {user.name}  {user.role}")


@main.command("set-password")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input, not the keyboard.")
def set_password(name: str, password_stdin: bool) -> None:
    """Give the user NAME a new password, such as the only administrator who has forgotten theirs."""
    with _app().app_context():
        user = _user(name)
        tokens = people.set_password(user, _password(password_stdin), by=None)
        click.echo(f"user {user.id}  {user.name}  {user.role}")
        _list("Signed out everywhere.", [f"{count(tokens, 'token')} for the API ended with it."] if tokens else [])
        if not user.active:
            click.echo(f"{user.name} is shut out, and cannot sign in until an administrator allows it.", err=True)


@main.command("create-token")
@click.argument("name")
def create_token(name: str) -> None:
    """Create a token for the API, with the rights of the user NAME."""
    with _app().app_context():
        token = people.create_token(_user(name))
    click.echo(token)


def _app() -> Flask:
    os.umask(OWNERS)  # only the owner may read the database and its backups
    config = Config.from_environment()
    config.require_packages()
    app = create_app(config)
    upgrade.upgrade(app)
    return app


def _bytes_of(file: str) -> bytes:
    """The content of the file, or of standard input for "-". Raises ValidationError if it is too large."""
    if file == "-":
        return _read_bounded(sys.stdin.buffer)
    with Path(file).open("rb") as stream:
        return _read_bounded(stream)


def _read_bounded(stream: BinaryIO) -> bytes:
    raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise ValidationError("the file", f"is larger than {MOST_BYTES // 1024 // 1024} MB, and no event is")
    return raw


def _password(from_stdin: bool) -> str:
    if not from_stdin:
        return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    raw = sys.stdin.buffer.readline(4096)
    try:
        return raw.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise RuleBroken("The password on standard input is not UTF-8 text.") from error


def _event(typed: str) -> Event:
    event = db.session.get(Event, read_id(typed))
    if event is None:
        raise RuleBroken(f"There is no event {typed!r}.")
    return event


def _user(name: str) -> User:
    user = user_named(name)
    if user is None:
        raise RuleBroken(f"There is nobody called {name!r}.")
    return user


def _list(title: str, items: Iterable[str]) -> None:
    items = list(items)
    if items:
        click.echo("\n  ".join([title, *items]), err=True)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # for names that this terminal cannot encode
    main(prog_name="start.py")
