"""How a bench says what became of a target."""


def verdict(is_met: bool) -> str:
    return "met" if is_met else "MISSED"
