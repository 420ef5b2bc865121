"""Texts about an address that asks for too much: which it is, what it asks for, and what to do."""

from timely.domain.translation import LazyText, gettext_noop, lazy_gettext
from timely.monitoring.measurements import Measurements
from timely.presenters.number_text import grouped

# Texts by the reason under which a refusal is counted.
REFUSED_FOR = {
    "connections": gettext_noop("It opens connections without end."),
    "drawing": gettext_noop("It asks for new pages without end."),
    "messages": gettext_noop("Its pages say too much on their connections."),
    "nonsense": gettext_noop("It says what no page of Timely says."),
    "requests": gettext_noop("It sends forms, or asks the API, without end."),
    "topics": gettext_noop("It follows too many events at once."),
}
REFUSED_FOR_ANYTHING = gettext_noop("It asks for more than one address may.")
TWO_SENTENCES = gettext_noop("%(first)s %(second)s")
# Processor seconds within a minute. The phones of a whole venue behind one address take a few.
BUSY_SECONDS = 10.0


def is_one_address(m: Measurements) -> bool:
    return m.busiest_seconds >= BUSY_SECONDS


def who_is_busy(m: Measurements) -> LazyText:
    return lazy_gettext(
        "%(address)s asked %(count)s times in the last minute, mostly for %(page)s.",
        address=m.busiest,
        count=grouped(m.busiest_count),
        page=m.busiest_with,
    )


def what_to_do(m: Measurements) -> LazyText:
    return lazy_gettext(
        "If you do not know %(address)s, take it off the Wi-Fi. If it is your own school or proxy, set "
        "TIMELY_PROXIES, or raise the limits in the settings.",
        address=m.busiest,
    )


def why_slow(m: Measurements) -> LazyText:
    if is_one_address(m):
        return lazy_gettext(TWO_SENTENCES, first=who_is_busy(m), second=what_to_do(m))
    return lazy_gettext("Close other programs on this computer, and plug it in.")


def why_refused(m: Measurements) -> LazyText:
    if m.refused_for == "drawing" and m.busiest_with:
        did = lazy_gettext("It asks for new pages without end, mostly %(page)s.", page=m.busiest_with)
    else:
        did = lazy_gettext(REFUSED_FOR.get(m.refused_for, REFUSED_FOR_ANYTHING))
    return lazy_gettext(
        "They came from %(address)s. %(what_it_did)s If you do not know it, take it off the Wi-Fi. "
        "If it is your own school or proxy, set TIMELY_PROXIES, or raise the limits in the settings.",
        address=m.refused_most[0],
        what_it_did=did,
    )
