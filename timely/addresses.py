"""Where this computer is found: its address in the hall, the links to show, and their QR code."""

import io
import socket

import segno

# Nothing is sent there: asking for a way to it tells which of this computer's addresses would be used.
# One of each private range, for a laptop's way out may know only its own.
SOMEWHERE_PRIVATE = ("10.255.255.254", "192.168.255.254", "172.31.255.254")

EVERYWHERE = ("0.0.0.0", "::")
THIS_COMPUTER = ("localhost", "127.0.0.1", "::1")


def lan_address() -> str | None:
    """The address by which others on the same network reach this computer; None without a network."""
    for somewhere in SOMEWHERE_PRIVATE:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((somewhere, 9))
            except OSError:
                continue
            address = str(probe.getsockname()[0])
        if not address.startswith(("127.", "0.", "169.254.")):
            return address
    return None


def url(host: str, port: int) -> str:
    """The link to a host; the usual port is left out, an IPv6 address goes in brackets."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}/" if port == 80 else f"http://{shown}:{port}/"


def urls(host: str, port: int) -> tuple[str | None, str | None]:
    """The links to show for a server that listens on *host*: (on this computer, for everybody else)."""
    if host in EVERYWHERE:
        found = lan_address()
        return url("localhost", port), url(found, port) if found else None
    if host in THIS_COMPUTER or host.startswith("127."):
        return url("localhost" if host == "127.0.0.1" else host, port), None
    return None, url(host, port)


def terminal_qr(text: str, encoding: str | None = "utf-8", colours: bool = False) -> str:
    """The QR code of *text* for a terminal; in plain ASCII where *encoding* has no block characters.

    Blocks are the light modules, as fits a dark terminal; *colours* makes it right on a light one as well.
    """
    code = segno.make(text, error="l", micro=False)
    try:
        "\u2588\u2580\u2584".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        rows = code.matrix_iter(border=2)
        return "\n".join("".join("  " if dark else "##" for dark in row) for row in rows)
    drawn = io.StringIO()
    code.terminal(out=drawn, compact=True, border=2)
    lines = drawn.getvalue().splitlines()
    return "\n".join(f"\x1b[97;40m{line}\x1b[0m" if colours else line for line in lines)
