"""Text for somebody who has tried a password or a code too often."""

from timely.domain.translation import ngettext


def too_soon_text(seconds: int) -> str:
    return ngettext(
        "Too many tries. Wait %(num)s second and try again.",
        "Too many tries. Wait %(num)s seconds and try again.",
        seconds,
    )
