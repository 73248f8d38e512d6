"""How far a build is, as a bar on the terminal or in a notebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from govinfo.corpus.batches import Progress as Done

if TYPE_CHECKING:
    from rich.console import Console

COUNTS = "{task.completed:.0f} of {task.total:.0f} files, {task.fields[cells]} cells, {task.fields[doubtful]} doubtful"


@contextmanager
def progress_bar(console: Console | None = None) -> Iterator[Callable[[Done], None]]:
    """A bar with files, cells, doubts and the time that is left, to give to ``build`` or ``read_reports``::

        with govinfo.progress_bar() as bar:
            corpus = govinfo.read_reports("reports", progress=bar)

    It goes away when the block ends, and prints nothing where ``console`` (by default standard output, or the
    notebook) is neither a terminal nor a notebook.
    """
    from rich.console import Console  # processes that read do not show anything
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    console = console or Console()
    columns = (TextColumn("reading"), BarColumn(), TextColumn(COUNTS), TimeRemainingColumn())
    silent = not (console.is_terminal or console.is_jupyter)
    with Progress(*columns, console=console, disable=silent, transient=True) as shown:
        task = shown.add_task("reading", total=1, cells=0, doubtful=0)
        yield lambda done: shown.update(
            task, completed=done.files, total=done.total, cells=done.cells, doubtful=done.doubtful
        )
