"""Records which query arguments are read: the response depends on those and on no others in the query."""

from collections.abc import Container, Iterator
from typing import Any, cast

from flask import Request, request
from werkzeug.datastructures import ImmutableMultiDict

# WSGI environment key: {name: its meaning to the view}. A tuple holds the values exactly as sent.
READ = "timely.arguments_read"
# Stands for all names, when a view iterates over the arguments.
ALL = "*"


class Arguments(ImmutableMultiDict[str, str]):
    """Query arguments that record in *read* which of them are used."""

    read: dict[str, Any]

    def get(self, key: str, default: Any = None, type: Any = None) -> Any:  # type: ignore[override]  # noqa: A002
        self._record(key)
        return super().get(key, default) if type is None else super().get(key, default, type)

    def getlist(self, key: str, type: Any = None) -> Any:  # noqa: A002
        self._record(key)
        return super().getlist(key) if type is None else super().getlist(key, type)

    def __getitem__(self, key: str) -> str:
        self._record(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self._record(str(key))
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self.read[ALL] = None
        return super().__iter__()

    def items(self, multi: bool = False) -> Any:
        self.read[ALL] = None
        return super().items(multi)

    def set_meaning(self, name: str, meaning: Any) -> None:
        """Sets what the argument means to the view, whatever was sent: equal meanings share one cached page."""
        self.read[name] = meaning

    def _record(self, name: str) -> None:
        self.read.setdefault(name, tuple(super().getlist(name)))


def arguments() -> Arguments:
    return cast(Arguments, request.args)


def chosen_argument(name: str, choices: Container[str], otherwise: str = "") -> str:
    """The argument if it is one of the choices; "" if nothing was sent, *otherwise* for anything else."""
    sent = request.args.get(name, "")
    found = sent if not sent or sent in choices else otherwise
    arguments().set_meaning(name, found)
    return found


def arguments_read(of: Request) -> dict[str, Any]:
    """{name: meaning} of the arguments read so far."""
    return arguments_in(of.environ)


def arguments_in(environ: dict[str, Any]) -> dict[str, Any]:
    return cast(dict[str, Any], environ.setdefault(READ, {}))
