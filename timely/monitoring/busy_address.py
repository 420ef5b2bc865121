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


def is_one_address(facts: Measurements) -> bool:
    return facts.busiest_seconds >= BUSY_SECONDS


def who_is_busy(facts: Measurements) -> str:
    times = f"{facts.busiest_count:,} times in the last minute"
    return f"{facts.busiest} asked {times}, mostly for {facts.busiest_with}."


def what_to_do(facts: Measurements) -> str:
    return (
        f"If you do not know {facts.busiest}, take it off the Wi-Fi. If it is your own school or proxy, set "
        "TIMELY_PROXIES, or raise the limits in the settings."
    )


def why_slow(facts: Measurements) -> str:
    return f"{who_is_busy(facts)} {what_to_do(facts)}" if is_one_address(facts) else PLUG_IT_IN


def why_refused(facts: Measurements) -> str:
    did = REFUSED_FOR.get(facts.refused_for, "It asks for more than one address may")
    with_what = f", mostly {facts.busiest_with}" if facts.refused_for == "drawing" and facts.busiest_with else ""
    return (
        f"They came from {facts.refused_most[0]}. {did}{with_what}. If you do not know it, take it off the Wi-Fi. "
        "If it is your own school or proxy, set TIMELY_PROXIES, or raise the limits in the settings."
    )
