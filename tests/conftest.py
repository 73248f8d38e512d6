from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports and truth files beside the project."""
    if not (SHARED / "reports").is_dir():
        pytest.skip("the folder of real reports is not beside the project")
    return SHARED
