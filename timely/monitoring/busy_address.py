"""Texts about an address that asks for too much: which it is, what it asks for, and what to do."""

from timely.monitoring.measurements import Measurements

# Texts by the reason under which a refusal is counted.
REFUSED_FOR = {
    "connections": "It opens connections without end",
    "drawing": "It asks for new pages without end",
    "messages": "Its pages say too much on their connections",
    "nonsense": "It says what no page of Timely says",
    "requests": "It sends forms, or asks the API, without end",
    "topics": "It follows too many events at once",
}
# Processor seconds within a minute. The phones of a whole venue behind one address take a few.
BUSY_SECONDS = 10.0
PLUG_IT_IN = "Close other programs on this computer, and plug it in."


def is_one_address(m: Measurements) -> bool:
    return m.busiest_seconds >= BUSY_SECONDS


def who_is_busy(m: Measurements) -> str:
    times = f"{m.busiest_count:,} times in the last minute"
    return f"{m.busiest} asked {times}, mostly for {m.busiest_with}."


def what_to_do(m: Measurements) -> str:
    return (
        f"If you do not know {m.busiest}, take it off the Wi-Fi. If it is your own school or proxy, set "
        "TIMELY_PROXIES, or raise the limits in the settings."
    )


def why_slow(m: Measurements) -> str:
    return f"{who_is_busy(m)} {what_to_do(m)}" if is_one_address(m) else PLUG_IT_IN


def why_refused(m: Measurements) -> str:
    did = REFUSED_FOR.get(m.refused_for, "It asks for more than one address may")
    with_what = f", mostly {m.busiest_with}" if m.refused_for == "drawing" and m.busiest_with else ""
    return (
        f"They came from {m.refused_most[0]}. {did}{with_what}. If you do not know it, take it off the Wi-Fi. "
        "If it is your own school or proxy, set TIMELY_PROXIES, or raise the limits in the settings."
    )
