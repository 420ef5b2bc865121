"""Terminal text shown once the server answers: links, QR code, set-up code, how to stop."""

import subprocess
import sys
from contextlib import suppress

from timely.lan import EVERYWHERE, local_name, terminal_qr, url, urls


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
    """The text for a terminal of that *encoding*; with *colours* the QR code can be read on a light terminal too."""
    lines = ["", "Timely is running.", ""]
    if links.here:
        lines.append(f"  On this computer:  {links.here}")
    if links.example:
        lines.append(f"  Example event:     {links.example}")
    if links.for_everybody:
        qr = terminal_qr(links.for_everybody, encoding, colours)
        lines.append(f"  For everybody:     {links.for_everybody}")
        lines += [f"  In another network: {link}" for link in links.besides]
        if links.by_name:
            lines.append(f"  By name:           {links.by_name}  (not on every phone)")
        lines += ["", qr]
        if links.besides:
            lines.append("This computer is in several networks. If phones cannot open the first link, choose the other")
            lines.append("one on the page Today: its QR codes hold the link that is chosen there.")
    elif links.is_everywhere:
        lines.append("  No network was found. Join the club's Wi-Fi and start again to see the link for everybody.")
    else:
        lines.append("  Only this computer can open it, because it listens on no other address (--host).")
    if setup_code:
        lines += ["", f"  Set-up code, for making the first account on another device:  {setup_code}"]
    lines += ["", "Keep this window open. Stop with Ctrl-C.", ""]
    return "\n".join(lines)


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
