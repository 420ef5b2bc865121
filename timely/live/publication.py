"""Building of a topic's new message, once for each language in which it is followed."""

from collections.abc import Mapping
from typing import NamedTuple

from timely.live import messages
from timely.presenters.row import Row


class Publication(NamedTuple):
    """A message, and the codes of the languages for whose subscribers it is; "" are those who have said none."""

    message: Row
    codes: list[str]


def build_publications(topic: str, since: Mapping[str, int], version: int) -> list[Publication]:
    """The messages that bring the topic to *version*; [] if its event is gone.

    *since* is {code: version from which}. Whoever has said no language shares the message of those who chose the
    event's, if both have the same version.
    """
    built: dict[tuple[str, int], Publication] = {}
    for code in sorted(since):  # "" first
        shared = built.get((code, since[code]))
        if shared is not None:
            shared.codes.append(code)
            continue
        message = messages.build(topic, since[code], version, code)
        if message is None:
            return []
        built[message["lang"], since[code]] = Publication(message, [code])
    return list(built.values())
