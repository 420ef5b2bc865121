"""Rate-limit keys: groups client addresses that count as one client."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address

# A household, phone or customer is given a whole /64, and can use a new address of it for each connection.
IPV6_PREFIX = 64
THIS_COMPUTER = "this computer"


@lru_cache(maxsize=4096)
def rate_limit_key(address: str | None) -> str:
    """The IPv4 address, the /64 of an IPv6 address, or `THIS_COMPUTER` for loopback, which is limited like any other.

    Text that is no address is returned as it is; without an address the key is "unknown".
    """
    try:
        found = ip_address((address or "").partition("%")[0])
    except ValueError:
        return address or "unknown"
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is None:
            return THIS_COMPUTER if found.is_loopback else f"{IPv6Address(int(found) >> 64 << 64)}/{IPV6_PREFIX}"
        found = found.ipv4_mapped
    return THIS_COMPUTER if found.is_loopback else str(found)
