"""LAN addresses of this computer, the links made of them, and their QR code."""

import io
import socket
from ipaddress import IPv4Address, ip_address

import ifaddr
import segno

# Nothing is sent there: connecting a UDP socket only shows which local address the system would use.
# One address of each private range, because a laptop may have a route to its own range only.
PRIVATE_ADDRESSES = ("10.255.255.254", "192.168.255.254", "172.31.255.254")

# Names of the adapters of virtual machines and containers: no spectator is behind them, so they are listed last.
VIRTUAL = ("docker", "br-", "veth", "virbr", "vmnet", "vmware", "vboxnet", "virtualbox", "vethernet", "hyper-v", "utun")

EVERYWHERE = ("0.0.0.0", "::")


def lan_addresses() -> list[str]:
    """The IPv4 addresses at which other devices reach this computer, the likeliest first.

    A laptop with cable and Wi-Fi has two, and spectators can use only one of them.
    """
    default_route_address = lan_address()
    found = [default_route_address] if default_route_address else []
    try:
        adapters = list(ifaddr.get_adapters())
    except OSError:
        return found
    adapters.sort(key=lambda one: any(word in f"{one.name} {one.nice_name}".lower() for word in VIRTUAL))
    given = [str(one.ip) for adapter in adapters for one in adapter.ips if one.is_IPv4]
    return list(dict.fromkeys(found + [ip for ip in given if _is_for_others(ip)]))


def is_this_computer(host: str) -> bool:
    """Whether the host is "localhost" or a loopback address, which mean another computer anywhere else."""
    if host == "localhost":
        return True
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def _is_for_others(ip: str) -> bool:
    address = IPv4Address(ip)
    return not (address.is_loopback or address.is_link_local or address.is_unspecified)


def local_name() -> str | None:
    """This computer's mDNS name, such as "laptop.local"; None if its host name is empty or "localhost"."""
    first = socket.gethostname().lower().partition(".")[0]
    return f"{first}.local" if first and first != "localhost" else None


def lan_address() -> str | None:
    """This computer's address in the network of its default route; None without a network."""
    for destination in PRIVATE_ADDRESSES:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((destination, 9))
            except OSError:
                continue
            address = str(probe.getsockname()[0])
        if _is_for_others(address):
            return address
    return None


def url(host: str, port: int) -> str:
    """The link to a host: without the port if it is 80, with an IPv6 address in brackets."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}/" if port == 80 else f"http://{shown}:{port}/"


def urls(host: str, port: int, chosen: str | None = None) -> tuple[str | None, list[str]]:
    """The links to a server that listens on *host*: (for this computer or None, for other devices).

    *chosen* is the address that the organiser wants first; it is ignored if this computer no longer has it.
    """
    if host in EVERYWHERE:
        return url("localhost", port), [url(found, port) for found in in_order(lan_addresses(), chosen)]
    if is_this_computer(host):
        return url("localhost" if host == "127.0.0.1" else host, port), []
    return None, [url(host, port)]


def in_order(addresses: list[str], chosen: str | None) -> list[str]:
    """The addresses with the chosen one first, if it is one of them or this computer's name (laptop.local)."""
    if chosen is None or not (chosen in addresses or (addresses and chosen == local_name())):
        return addresses
    return [chosen, *(one for one in addresses if one != chosen)]


def terminal_qr(text: str, encoding: str | None = "utf-8", colours: bool = False) -> str:
    """The QR code of *text* for a terminal; in plain ASCII where *encoding* has no block characters.

    Block characters draw the light modules, for a dark terminal; *colours* adds escape codes that fit a light one too.
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
