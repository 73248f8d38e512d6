"""Requests to many hosts, politely: robots.txt, a wait between two requests to a host, redirects looked at one by one.

Built on urllib3, because it lets a connection go to the very address that was checked, while TLS and the Host header
still name the host: a name that is looked up a second time could lead elsewhere. Proxies of the environment are
not used.
"""

from __future__ import annotations

import socket
import ssl
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cache
from http.client import HTTPException
from importlib.metadata import version
from time import monotonic, sleep, time
from urllib.parse import urljoin

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, HTTPError, NewConnectionError
from urllib3.exceptions import TimeoutError as HTTPTimeout
from urllib3.response import BaseHTTPResponse
from urllib3.util import Url

from govinfo.fetch.addresses import address_of, addresses_of, port_of
from govinfo.fetch.errors import Again, Failed, Refused
from govinfo.fetch.robots import EVERYTHING, NOTHING, Robots, read_robots

USER_AGENT = f"govinfo/{version('govinfo')} (annual reports on government information disclosure)"

OWN_HEADERS = {"User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}

LATER_HINT = "Run the same command again later."

SILENT_SECONDS = 30.0
"""The longest that a host may stay silent."""

REQUEST_SECONDS = 300.0
"""The longest that one request may take with its whole body, however slowly the host sends it."""

MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
LATER = {408, 425, 429, 500, 502, 503, 504}
"""Statuses after which the same request may go better later."""

MOST_OF_ROBOTS = 512_000
"""Bytes of a robots.txt that are read."""

LONGEST_DELAY = 120.0
"""Seconds; a host that asks for a longer wait between two requests is left to people."""

ENCODINGS = {"", "identity", "gzip", "x-gzip", "deflate"}
"""Codings of a body that are undone while it is read."""

CHUNK = 65_536


@dataclass
class Session:
    """What is known of the hosts so far: their robots.txt, and when they were last asked. ``delay`` in seconds.

    Threads may share it: one request at a time goes to a host.
    """

    delay: float
    allow_private: bool
    robots: dict[str, Robots] = field(default_factory=dict)
    asked: dict[str, float] = field(default_factory=dict)
    turns: defaultdict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))

    @contextmanager
    def get(self, text: str, headers: dict[str, str]) -> Iterator[Body]:
        """The response to a request, after redirects; the connection is closed afterwards.

        Raises Refused where the address or one it leads to may not be fetched, Failed or Again for any other
        status than 200, 206 and 416, and for a connection that breaks while the block reads.
        """
        for _ in range(MOST_REDIRECTS + 1):
            url = address_of(text)
            rules = self.robots_of(url)
            if rules is NOTHING:
                raise Refused("robots.txt of the host cannot be read.", hint=LATER_HINT)
            if not rules.allows(url.request_uri):
                raise Refused("robots.txt of the host does not allow it.", hint="Ask the office for the file.")
            with self.request(url, headers, rules.delay) as body:
                if body.response.status in REDIRECTS and (target := body.response.headers.get("Location")):
                    text = led_to(text, target)
                    continue
                refuse_other_statuses(body.response)
                yield body
                return
        raise Failed("The address leads on and on to others.", hint="Open it in a browser and list where it ends.")

    @contextmanager
    def request(self, url: Url, headers: dict[str, str], crawl_delay: float) -> Iterator[Body]:
        """One request to one address, when the host's turn has come."""
        addresses = addresses_of(url, allow_private=self.allow_private)
        with self.turns[url.host or ""]:
            self.wait_for(url, crawl_delay)
            try:
                with exchange(url, addresses, headers) as body:
                    yield body
            finally:
                self.asked[url.host or ""] = monotonic()

    def wait_for(self, url: Url, crawl_delay: float) -> None:
        """Waits until the host may be asked again."""
        if crawl_delay > LONGEST_DELAY:
            raise Refused(f"The host wants {crawl_delay:g} seconds between requests.", hint="Fetch the file by hand.")
        last = self.asked.get(url.host or "")
        left = 0.0 if last is None else last + max(self.delay, crawl_delay) - monotonic()
        if left > 0:
            sleep(left)

    def robots_of(self, url: Url) -> Robots:
        """The rules of a host: everything where it has none, nothing where they cannot be had (RFC 9309)."""
        origin = f"{url.scheme}://{url.netloc}"
        if origin not in self.robots:
            self.robots[origin] = self.fetch_robots(f"{origin}/robots.txt")
        return self.robots[origin]

    def fetch_robots(self, text: str) -> Robots:
        """The rules in a robots.txt."""
        for _ in range(MOST_REDIRECTS + 1):
            url = address_of(text)
            try:
                with self.request(url, {}, 0.0) as body:
                    status, target = body.response.status, body.response.headers.get("Location")
                    if status in REDIRECTS and target:
                        text = led_to(text, target)
                    elif status == 200:
                        return read_robots(body.start(MOST_OF_ROBOTS).decode("utf-8", "replace"))
                    else:
                        return NOTHING if status in LATER or status >= 500 else EVERYTHING
            except Failed:
                return NOTHING
        return EVERYTHING


@dataclass(frozen=True)
class Body:
    """A response whose body is still to be read; ``url`` is where it comes from; ``expired`` is set
    when the time of the request is over."""

    url: Url
    response: BaseHTTPResponse
    expired: threading.Event

    def chunks(self) -> Iterator[bytes]:
        """The body in pieces, codings undone. Raises Failed when it takes too long or its coding is unknown."""
        codings = {coding.strip() for coding in self.response.headers.get("Content-Encoding", "").lower().split(",")}
        if not codings <= ENCODINGS:
            raise Failed("The host sends a coding that was not asked for.", hint="Save the file by hand.")
        while chunk := self.piece():
            yield chunk
        # A connection that was cut by the clock may look like the end of the body.
        if self.expired.is_set():
            raise Again("The host sends too slowly.", hint=LATER_HINT)

    def piece(self) -> bytes:
        """What has come of the body since, at most a chunk; empty at its end."""
        with told():
            return self.response.read1(CHUNK, decode_content=True)

    def start(self, most: int) -> bytes:
        """The first ``most`` bytes of the body."""
        held = bytearray()
        for chunk in self.chunks():
            held += chunk
            if len(held) >= most:
                break
        return bytes(held[:most])


@contextmanager
def exchange(url: Url, addresses: list[str], headers: dict[str, str]) -> Iterator[Body]:
    """A request to a host at the first of its addresses that takes it, cut off when its time is over."""
    with told():
        connection = connected(url, addresses)
    expired = threading.Event()
    clock = threading.Timer(REQUEST_SECONDS, hang_up, [connection.sock, expired])
    clock.daemon = True
    clock.start()
    try:
        with told():
            connection.request(
                "GET",
                url.request_uri,
                headers={**OWN_HEADERS, "Host": url.netloc or "", **headers},
                preload_content=False,
            )
            response = connection.getresponse()
        yield Body(url, response, expired)
    finally:
        clock.cancel()
        connection.close()


def connected(url: Url, addresses: list[str]) -> HTTPConnection:
    """A connection to the first of some addresses that takes it."""
    *others, last = addresses
    for address in others:
        with suppress(NewConnectionError, HTTPTimeout):
            return connection_to(url, address)
    return connection_to(url, last)


def connection_to(url: Url, address: str) -> HTTPConnection:
    """A connection to an address in the name of a host: TLS is told the name of the host and checks it."""
    if url.scheme == "http":
        connection = HTTPConnection(address, port_of(url), timeout=SILENT_SECONDS)
    else:
        name = (url.host or "").strip("[]")
        connection = HTTPSConnection(
            address, port_of(url), timeout=SILENT_SECONDS, ssl_context=trusted(), server_hostname=name
        )
    connection.connect()
    return connection


@cache
def trusted() -> ssl.SSLContext:
    """Whose certificates are trusted; to load them takes longer than to fetch most files."""
    return ssl.create_default_context()


@contextmanager
def told() -> Iterator[None]:
    """Says in words of this package why a connection failed."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise Failed(
            f"The certificate of the host is not trusted: {error.verify_message}.",
            hint="Open the address in a browser and save the file by hand.",
        ) from error
    except (HTTPTimeout, TimeoutError) as error:
        raise Again("The host did not answer in time.", hint=LATER_HINT) from error
    except DecodeError as error:
        raise Failed("The body is not coded as the host says.", hint="Save the file by hand.") from error
    except (HTTPError, HTTPException, OSError) as error:
        raise Again(f"The connection broke: {type(error).__name__}.", hint=LATER_HINT) from error


def hang_up(link: socket.socket, expired: threading.Event) -> None:
    """Ends a connection from outside: whoever waits for it goes on."""
    expired.set()
    with suppress(OSError):
        link.shutdown(socket.SHUT_RDWR)


def led_to(text: str, target: str) -> str:
    """The address that a redirect leads to. Raises Failed for what is none."""
    try:
        return urljoin(text, target)
    except ValueError as error:
        raise Failed("The address leads to what is no address.", hint="Open it in a browser.") from error


def refuse_other_statuses(response: BaseHTTPResponse) -> None:
    """Raises Again for statuses that may pass, Failed for all others than 200, 206 and 416."""
    if response.status in LATER:
        raise Again(
            f"The host answers {response.status}.",
            hint=LATER_HINT,
            wait=wait_of(response.headers.get("Retry-After", "")),
        )
    if response.status not in (200, 206, 416):
        raise Failed(f"The host answers {response.status}.", hint="Open the address in a browser; it may have moved.")


def wait_of(text: str) -> float:
    """Seconds that a Retry-After asks for, which is a number of them or a date; 0 where it is neither."""
    if text.strip().isdecimal():
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time())
    except (TypeError, ValueError, OverflowError):
        return 0.0
