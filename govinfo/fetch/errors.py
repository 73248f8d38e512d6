"""Why a file was not fetched. A row of the log shows the message and the hint."""

from __future__ import annotations

from govinfo.errors import GovinfoError


class Refused(GovinfoError):
    """The request is one that this package does not make: not allowed, not public, not http."""

    stage = "fetch"


class Failed(GovinfoError):
    """The request was made, and there is no point in making it again now."""

    stage = "fetch"


class Again(Failed):
    """The request was made and may go better later: ``wait`` is the number of seconds that the host asks for."""

    def __init__(self, message: str, *, hint: str = "", wait: float = 0.0) -> None:
        super().__init__(message, hint=hint)
        self.wait = wait
