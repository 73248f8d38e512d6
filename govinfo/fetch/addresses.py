"""Where a request may go: http and https to addresses of the public internet."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from govinfo.fetch.errors import Again, Failed, Refused

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
            hint="Where this is meant, allow private addresses.",
        )
    return addresses


def is_public(address: str) -> bool:
    """True for an address of the public internet; false for this machine, its networks, and addresses kept aside."""
    ip = inner(ip_address(address.split("%")[0]))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_link_local or ip.is_unspecified)


def inner(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for, where it stands for one."""
    if isinstance(ip, IPv4Address):
        return ip
    translated = IPv4Address(ip.packed[-4:]) if ip in TRANSLATED else None
    return ip.ipv4_mapped or ip.sixtofour or translated or ip
