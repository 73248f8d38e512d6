from __future__ import annotations

import socket
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from govinfo import Corpus, load
from govinfo.evidence import drawing
from govinfo.review import queue

LOOK_UP = socket.getaddrinfo

SHARED = Path(__file__).resolve().parents[2] / "shared"


needs_font = pytest.mark.skipif(drawing.chinese_font() is None, reason="no Chinese font on this machine")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Bytes are named by what they are given as: an archive made now has others than one made a second later, and
    processes that share tests must know them by the same names."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The data set of the project; modules that look at other reports have a corpus of their own."""
    return load(Path(__file__).resolve().parents[1] / "data" / "processed")


@pytest.fixture(scope="session")
def listed(corpus: Corpus) -> pd.DataFrame:
    """What is in doubt in the data set."""
    return queue(corpus)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and truth files beside the project."""
    if not (SHARED / "reports").is_dir():
        pytest.skip("the folder of real reports is not beside the project")
    return SHARED


@pytest.fixture(autouse=True)
def loopback_alone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test sends anything beyond this machine: stubs stand before ``connect`` and the look-up of names, refuse
    every other address, and fail the test that asked for it, whatever the code under test makes of the error."""
    asked: list[str] = []

    def refuse_elsewhere(host: str) -> None:
        if host != "localhost" and not (is_address(host) and ip_address(host.split("%")[0]).is_loopback):
            asked.append(host)
            raise ConnectionRefusedError(f"a test may not reach {host}")

    for name in ("connect", "connect_ex"):
        real = getattr(socket.socket, name)

        def connect(self: socket.socket, address: Any, real: Any = real) -> Any:
            if self.family in {socket.AF_INET, socket.AF_INET6}:
                refuse_elsewhere(address[0])
            return real(self, address)

        monkeypatch.setattr(socket.socket, name, connect)

    def getaddrinfo(host: Any, *others: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name and not is_address(name):  # an address is looked up without asking anybody
            refuse_elsewhere(name)
        return LOOK_UP(host, *others, **named)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield
    assert not asked, f"beyond this machine: {asked}"


def is_address(text: str) -> bool:
    """Whether a text is an address in figures, in any of the notations that the system takes for one."""
    try:
        LOOK_UP(text, None, flags=socket.AI_NUMERICHOST)
    except OSError:
        return False
    return True
