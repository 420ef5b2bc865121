"""Terminal text shown once the server answers, in the system's language: links, QR code, set-up code, how to stop."""

import subprocess
import sys
from contextlib import suppress
from textwrap import fill

from timely.domain.translation import gettext, ngettext
from timely.lan import EVERYWHERE, local_name, terminal_qr, url, urls

COLUMNS = 78


class Links:
    """Links to a server that listens on *host*: for this computer, for others in the network, to the example event.

    *chosen* is the address that the organiser wants first.
    """

    def __init__(self, host: str, port: int, example: str | None = None, chosen: str | None = None) -> None:
        self.is_everywhere = host in EVERYWHERE
        self.here, others = urls(host, port, chosen)
        self.for_everybody = others[0] if others else None
        name = local_name()
        by_name = url(name, port) if name and others and self.is_everywhere else None
        self.besides = others[1:]
        self.by_name = by_name if by_name != self.for_everybody else None
        self.home = self.here or self.for_everybody or ""
        self.example = f"{self.home}events/{example}/" if example else None

    @property
    def first(self) -> str:
        """The link that the browser of this computer opens."""
        return self.example or self.home


def banner(links: Links, setup_code: str | None, encoding: str | None = "utf-8", colours: bool = False) -> str:
    """The text for a terminal of that *encoding*, in the current language.

    With *colours* the QR code can be read on a light terminal too.
    """
    lines = ["", gettext("Timely is running."), "", *_in_columns(_addresses(links))]
    if links.for_everybody:
        lines += ["", terminal_qr(links.for_everybody, encoding, colours)]
        if links.besides:
            text = gettext(
                "This computer is in several networks. If phones cannot open the first link, choose the other one "
                "on the page %(page)s: its QR codes hold the link that is chosen there.",
                page=gettext("Today"),
            )
            lines.append(fill(text, COLUMNS))
    elif links.is_everywhere:
        text = gettext("No network was found. Join the club's Wi-Fi and start again to see the link for everybody.")
        lines.append(f"  {text}")
    else:
        text = gettext("Only this computer can open it, because it listens on no other address (--host).")
        lines.append(f"  {text}")
    if setup_code:
        text = gettext("Set-up code, for making the first account on another device: %(code)s", code=setup_code)
        lines += ["", f"  {text}"]
    lines += ["", gettext("Keep this window open. Stop with Ctrl-C."), ""]
    return _printable("\n".join(lines), encoding)


def few_screens_text(number: int) -> str:
    return ngettext(
        "This system lets about %(num)s screen connect at once.",
        "This system lets about %(num)s screens connect at once.",
        number,
    )


def stopped_text() -> str:
    return gettext("Timely has stopped.")


def _addresses(links: Links) -> list[tuple[str, str]]:
    """[(label, link)]."""
    found = []
    if links.here:
        found.append((gettext("On this computer:"), links.here))
    if links.example:
        found.append((gettext("Example event:"), links.example))
    if links.for_everybody:
        found.append((gettext("For everybody:"), links.for_everybody))
        found += [(gettext("In another network:"), link) for link in links.besides]
        if links.by_name:
            found.append((gettext("By name:"), gettext("%(link)s (not on every phone)", link=links.by_name)))
    return found


def _in_columns(rows: list[tuple[str, str]]) -> list[str]:
    width = max((len(label) for label, _ in rows), default=0)
    return [f"  {label:{width}}  {value}" for label, value in rows]


def _printable(text: str, encoding: str | None) -> str:
    """The text with "?" for each letter that the terminal lacks: to print it would fail."""
    try:
        return text.encode(encoding or "ascii", "replace").decode(encoding or "ascii")
    except LookupError:
        return text.encode("ascii", "replace").decode("ascii")


def open_browser(link: str) -> None:
    """Opens the link in a process of its own, which neither blocks the server nor ends with its Ctrl-C."""
    devnull = subprocess.DEVNULL
    with suppress(OSError):
        subprocess.Popen(
            [sys.executable, "-m", "webbrowser", link],
            stdin=devnull,
            stdout=devnull,
            stderr=devnull,
            start_new_session=True,
        )
