"""Addresses of this computer in its networks, the links to show, and their QR code."""

import io
import socket
from ipaddress import IPv4Address

import ifaddr
import segno

# Nothing is sent there: asking for a way to it tells which of this computer's addresses would be used.
# One of each private range, for a laptop's way out may know only its own.
SOMEWHERE_PRIVATE = ("10.255.255.254", "192.168.255.254", "172.31.255.254")

# Adapters that lead to programs on this computer, not to a hall: of virtual machines and containers.
VIRTUAL = ("docker", "br-", "veth", "virbr", "vmnet", "vmware", "vboxnet", "virtualbox", "vethernet", "hyper-v", "utun")

EVERYWHERE = ("0.0.0.0", "::")
THIS_COMPUTER = ("localhost", "127.0.0.1", "::1")


def lan_addresses() -> list[str]:
    """The addresses by which others in the networks of this computer reach it, the likeliest first.

    A laptop with a cable and Wi-Fi has two, and only one of them is the hall's.
    """
    usual = lan_address()
    found = [usual] if usual else []
    try:
        adapters = list(ifaddr.get_adapters())
    except OSError:
        return found
    adapters.sort(key=lambda one: any(word in f"{one.name} {one.nice_name}".lower() for word in VIRTUAL))
    given = [str(one.ip) for adapter in adapters for one in adapter.ips if one.is_IPv4]
    return list(dict.fromkeys(found + [ip for ip in given if _is_for_others(ip)]))


def _is_for_others(ip: str) -> bool:
    address = IPv4Address(ip)
    return not (address.is_loopback or address.is_link_local or address.is_unspecified)


def local_name() -> str | None:
    """This computer's name in its network, such as "laptop.local"; None where it has none of its own."""
    first = socket.gethostname().lower().partition(".")[0]
    return f"{first}.local" if first and first != "localhost" else None


def lan_address() -> str | None:
    """The address by which others on the network that this computer uses most reach it; None without a network."""
    for somewhere in SOMEWHERE_PRIVATE:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((somewhere, 9))
            except OSError:
                continue
            address = str(probe.getsockname()[0])
        if _is_for_others(address):
            return address
    return None


def url(host: str, port: int) -> str:
    """The link to a host; the usual port is left out, an IPv6 address goes in brackets."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}/" if port == 80 else f"http://{shown}:{port}/"


def urls(host: str, port: int, chosen: str | None = None) -> tuple[str | None, list[str]]:
    """The links to show for a server that listens on *host*: (on this computer, for everybody else).

    *chosen* is the address that the organiser wants first, if it is still one of this computer's.
    """
    if host in EVERYWHERE:
        return url("localhost", port), [url(found, port) for found in in_order(lan_addresses(), chosen)]
    if host in THIS_COMPUTER or host.startswith("127."):
        return url("localhost" if host == "127.0.0.1" else host, port), []
    return None, [url(host, port)]


def in_order(addresses: list[str], chosen: str | None) -> list[str]:
    """The addresses, the chosen one first; a name such as laptop.local may be chosen too."""
    if chosen is None or not (chosen in addresses or (addresses and chosen == local_name())):
        return addresses
    return [chosen, *(one for one in addresses if one != chosen)]


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
