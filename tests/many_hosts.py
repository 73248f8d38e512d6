"""A web server on many addresses of this machine's loopback, which stand for as many hosts."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

PAGE = "<html><body>政府信息公开工作年度报告</body></html>".encode()


@dataclass
class Hosts:
    """``addresses`` on one ``port``. ``asked`` are the times at which each was asked for a report, ``at_once`` the most
    requests that any of them had at one time. No answer to a robots.txt goes out before all hosts were asked for
    theirs, if ``together``."""

    addresses: list[str]
    together: bool = False
    port: int = 0
    asked: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    at_once: Counter[str] = field(default_factory=Counter)

    def urls(self, each: int) -> list[str]:
        """So many addresses of reports on each host, the hosts in turn."""
        return [f"http://{address}:{self.port}/{number}" for number in range(each) for address in self.addresses]


@contextmanager
def many_hosts(number: int, together: bool = False) -> Iterator[Hosts]:
    """So many hosts, until the block ends."""
    hosts = Hosts([f"127.0.{1 + at // 200}.{1 + at % 200}" for at in range(number)], together)
    loop = asyncio.new_event_loop()
    began, ends = threading.Event(), asyncio.Event()
    waiting: set[str] = set()
    all_there = asyncio.Event()
    busy: Counter[str] = Counter()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host = writer.get_extra_info("sockname")[0]
        busy[host] += 1
        hosts.at_once[host] = max(hosts.at_once[host], busy[host])
        path = (await reader.readuntil(b"\r\n\r\n")).split()[1]
        if path == b"/robots.txt":
            waiting.add(host)
            if len(waiting) == number or not hosts.together:
                all_there.set()
            await all_there.wait()
            writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        else:
            hosts.asked[host].append(time.monotonic())
            body = PAGE + host.encode() + path
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n")
            writer.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        busy[host] -= 1
        writer.close()

    async def serve() -> None:
        first = await asyncio.start_server(answer, hosts.addresses[0], 0)
        hosts.port = first.sockets[0].getsockname()[1]
        rest = [await asyncio.start_server(answer, address, hosts.port) for address in hosts.addresses[1:]]
        began.set()
        await ends.wait()
        for server in (first, *rest):
            server.close()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert began.wait(60)
    try:
        yield hosts
    finally:
        loop.call_soon_threadsafe(ends.set)
        thread.join(60)
