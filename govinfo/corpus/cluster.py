"""A cluster of machines that reads: the executor of a Dask scheduler."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from govinfo.errors import MissingSoftware, UsageError

PATIENCE = "30s"


@contextmanager
def cluster(scheduler: str) -> Iterator[tuple[Executor, int]]:
    """The executor of a Dask scheduler, by its address as tcp://host:8786, and how much its workers do at once.

    The workers must have this package, and open the files by the same paths or addresses. Raises MissingSoftware
    without the extra ``dask``, UsageError where no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise MissingSoftware("Dask is not installed.", where=scheduler, hint="pip install 'govinfo[dask]'") from error
    try:
        client: Any = Client(scheduler, timeout=PATIENCE)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise UsageError(
            f"no Dask scheduler answers: {error}.", where=scheduler, hint="Start one with: dask scheduler"
        ) from error
    with client:
        yield client.get_executor(), max(1, sum(client.ncores().values()))
