"""Rate limits on what one connection asks for, and the refusal of what it may not have."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from timely import metrics
from timely.domain.translation import LazyText, Text, current_language, gettext, gettext_noop, in_language
from timely.extensions import socketio
from timely.languages.available import languages
from timely.limits.opening_queue import Opening
from timely.limits.pacing import Pacer
from timely.limits.token_bucket import TOO_FAST
from timely.live import messages
from timely.presenters.row import Row

# Subscriptions without a rate limit: a page of Timely subscribes once or twice, and again where it missed something.
FREE_SUBSCRIPTIONS = 2
# Rate limit of further subscriptions per address, with a burst for many that miss something at the same moment.
SUBSCRIPTION_PACER = Pacer(per_second=50, burst=50)
# Rate limit per address of new event streams, and of polls that need a snapshot, with a burst for many that reconnect.
OPENING_PACER = Pacer(per_second=300, burst=3_000)
DISCONNECTED = ("gone", gettext_noop("the connection is over"))


class Refused(Exception):
    """The subscription is refused; `code` and `message` are sent to the client, the latter in the reader's language."""

    def __init__(self, code: str, text: Text):
        super().__init__(text)
        self.code, self.text = code, text

    @property
    def message(self) -> str:
        return str(self.text) if isinstance(self.text, LazyText) else gettext(self.text)


def refusal(refused: Refused, data: Any) -> Row:
    """The refusal as a message's data, in the language that the client's message asks for, else its connection's."""
    code = data.get("lang") if isinstance(data, dict) else None
    language = languages().find(code) if isinstance(code, str) else None
    with in_language(language or current_language()):
        return messages.error(refused.code, refused.message)


class RequestLimits:
    """Rate limits on the requests of one connection.

    `sleep` waits in the way of the transport, and returns False if the client has disconnected meanwhile; None is the
    plain sleep of the server.
    """

    __slots__ = ("address", "count", "sleep")

    def __init__(self, address: str | None) -> None:
        self.address, self.count = address, 0
        self.sleep: Callable[[float], object] | None = None

    def wait_to_subscribe(self) -> None:
        """As `wait_for_turn` with `SUBSCRIPTION_PACER`, but the first `FREE_SUBSCRIPTIONS` calls do not wait."""
        self.count += 1
        if self.count > FREE_SUBSCRIPTIONS:
            self.wait_for_turn(SUBSCRIPTION_PACER)

    def wait_for_turn(self, pacer: Pacer) -> None:
        """Waits for a turn of the address. Raises Refused if that would take too long, or the client disconnects."""
        wait = pacer.wait(self.address)
        if wait is None or wait > 0:
            metrics.count_refusal("messages", self.address)
        if wait is None:
            raise Refused(*TOO_FAST)
        if wait and (self.sleep or socketio.sleep)(wait) is False:
            raise Refused(*DISCONNECTED)

    @contextmanager
    def in_turn(self) -> Iterator[None]:
        """Context in which snapshots are sent: one connection of an address at a time.

        Raises Refused if the others take too long, or the client has disconnected.
        """
        opening = Opening(self.address)
        if not opening.begin():
            metrics.count_refusal("messages", self.address)
            raise Refused(*TOO_FAST)
        try:
            if self.sleep and self.sleep(0) is False:
                raise Refused(*DISCONNECTED)
            yield
        finally:
            opening.end()
