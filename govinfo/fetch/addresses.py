"""Where a request may go: http and https to addresses of the public internet."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from govinfo.fetch.errors import Again, Failed, Refused
from govinfo.files.data import read_table

PORTS = {"http": 80, "https": 443}

TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv6 addresses whose last four bytes are an IPv4 address (NAT64)."""


def address_of(text: str) -> Url:
    """A web address in its parts. Raises Refused for what is none, or holds a user name or password."""
    try:
        url = parse_url(text)
    except LocationParseError as error:
        raise Refused(
            "The address cannot be read.", hint="Give it as http://host/path or https://host/path."
        ) from error
    if url.scheme not in PORTS or not url.host:
        raise Refused(
            f"Only http and https are fetched, not {url.scheme or 'an address without either'}.",
            hint="Give it as http://host/path or https://host/path.",
        )
    if any(character.isspace() or not character.isprintable() for character in text):
        raise Refused("The address holds white space.", hint="Write it in one piece; a space in it is %20.")
    if url.auth:
        raise Refused("The address holds a user name or a password.", hint="Fetch that file by hand.")
    return url


def port_of(url: Url) -> int:
    """The port of an address."""
    return url.port or PORTS[url.scheme or ""]


def addresses_of(url: Url, *, allow_private: bool) -> list[str]:
    """The addresses that a host name stands for now; the request must go to one of these and to no other.

    Raises Refused when one of them is not public, unless ``allow_private``; Failed when there are none.
    """
    host = (url.host or "").strip("[]")
    try:
        found = socket.getaddrinfo(host, port_of(url), type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        kind = Again if error.errno == socket.EAI_AGAIN else Failed
        raise kind(
            f"The host {host} is not known.", hint="Check the address, and that this machine is online."
        ) from error
    except UnicodeError as error:
        raise Refused(f"{host} is no name of a host.", hint="Check the address.") from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    private = [address for address in addresses if not is_public(address)]
    if private and not allow_private:
        raise Refused(
            f"The host {host} leads to {private[0]}, which is not an address of the public internet.",
            hint="Where this is meant: --allow-private, or allow_private=True.",
        )
    return addresses


def is_public(address: str) -> bool:
    """True for an address of the public internet; false for this machine, its networks, and addresses kept aside.
    The smallest network of ``networks.csv`` that holds the address decides; no network holds it: it is public."""
    ip = inner(ip_address(address.split("%")[0]))
    holding = [network for network in networks() if network.version == ip.version and ip in network]
    return networks()[max(holding, key=lambda network: network.prefixlen)] if holding else True


@cache
def networks() -> Mapping[IPv4Network | IPv6Network, bool]:
    """Whether the addresses of a network are of the public internet, after IANA's registries of special-purpose
    addresses (RFC 6890) and of multicast."""
    return {ip_network(line["network"]): line["public"] == "yes" for line in read_table("fetch", "networks")}


def inner(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for, where it stands for one."""
    if isinstance(ip, IPv4Address):
        return ip
    return ip.ipv4_mapped or (IPv4Address(ip.packed[-4:]) if ip in TRANSLATED else ip)
