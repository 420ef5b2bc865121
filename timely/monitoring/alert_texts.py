"""Titles and messages of alerts that depend on more than one number."""

from timely.database.errors import BUSY, DAMAGED, DISK, FULL, GONE, OUT_OF_DATE, READ_ONLY, Trouble
from timely.domain.translation import LazyText, lazy_gettext, lazy_ngettext
from timely.monitoring.measurements import Measurements
from timely.presenters.number_text import grouped
from timely.presenters.units import span

WORSE = (FULL, READ_ONLY, DISK, GONE, DAMAGED, OUT_OF_DATE)


def worse_than_busy(m: Measurements) -> int:
    return sum(number for why, number in m.trouble.items() if why != BUSY.key)


def worst_trouble(m: Measurements) -> Trouble:
    return max(WORSE, key=lambda trouble: m.trouble.get(trouble.key, 0))


def disk_low_message(m: Measurements) -> LazyText:
    if not m.disk_lasts:
        return lazy_gettext("Make room on the disk that holds the data folder.")
    return lazy_gettext(
        "Make room on the disk that holds the data folder. At the pace of the last minutes it is full in about "
        "%(duration)s.",
        duration=span(m.disk_lasts),
    )


def database_message(m: Measurements) -> LazyText:
    trouble, stopped = worst_trouble(m), worse_than_busy(m)
    return lazy_ngettext(
        "%(cause)s It stopped %(count)s request in the last minute. %(remedy)s",
        "%(cause)s It stopped %(count)s requests in the last minute. %(remedy)s",
        stopped,
        cause=lazy_gettext(trouble.cause),
        count=grouped(stopped),
        remedy=lazy_gettext(trouble.remedy),
    )


def busy_title(m: Measurements) -> LazyText:
    refused = m.trouble.get(BUSY.key, 0)
    return lazy_ngettext(
        "Database busy: %(count)s request refused in the last minute",
        "Database busy: %(count)s requests refused in the last minute",
        refused,
        count=grouped(refused),
    )


def sign_ins_message(m: Measurements) -> LazyText:
    if m.sign_ins_from:
        return lazy_gettext(
            "Most of them from %(address)s. Somebody may be guessing passwords; each further try has to wait.",
            address=m.sign_ins_from,
        )
    return lazy_gettext(
        "Most of them from an unknown address. Somebody may be guessing passwords; each further try has to wait."
    )


def files_message(m: Measurements) -> LazyText:
    used, most = m.files or (0, 0)
    return lazy_gettext(
        "%(used)s of %(most)s connections and files are open. Newcomers wait until somebody leaves.",
        used=grouped(used),
        most=grouped(most),
    )


def clock_title(m: Measurements) -> LazyText:
    if not m.clock_jump:
        return lazy_gettext("This computer slept for %(duration)s", duration=span(m.slept))
    if m.clock_jump > 0:
        return lazy_gettext("The clock jumped forward by %(duration)s", duration=span(m.clock_jump))
    return lazy_gettext("The clock jumped back by %(duration)s", duration=span(-m.clock_jump))


def clock_message(m: Measurements) -> LazyText:
    if not m.clock_jump:
        return lazy_gettext("Nobody was served meanwhile. Plug it in and switch its sleep off until the event is over.")
    return lazy_gettext(
        "Results are safe. Look at this computer's date and time: what happens by the clock follows them."
    )
