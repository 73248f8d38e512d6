"""Helpers for tests in a real browser: a server for notebooks on this machine alone, and headless Chromium."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "a-test-on-this-machine"
PATIENCE = 60
"""Seconds until a server must answer."""

FOLDERS = (
    "IPYTHONDIR",
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
)
"""Variables that name where Jupyter keeps its own files."""

SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


def chromium() -> str:
    """The path of Chromium; skips the test where there is none, or no driver for it."""
    pytest.importorskip("playwright", reason="playwright is not installed")
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium on this machine; on Debian: apt-get install chromium")
    return found


@contextmanager
def browser_page(width: int = 1400, height: int = 1000) -> Iterator[Any]:
    """A page (``playwright.sync_api.Page``) in headless Chromium."""
    path = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        try:
            yield browser.new_page(viewport={"width": width, "height": height})
        finally:
            browser.close()


def workspace(folder: Path) -> Path:
    """A copy of the notebooks and the data, so that what a test runs changes nothing in the repository."""
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return folder


@contextmanager
def server(command: Sequence[str], home: Path, log: Path) -> Iterator[str]:
    """A Jupyter application on a free port of this machine; gives its address and ends it with all its kernels.

    ``command`` is what follows ``python -m``, with ``{port}`` where the port belongs. Settings are those in ``home``.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    arguments = [part.replace("{port}", str(port)) for part in command]
    folders = {variable: str(home / variable.lower()) for variable in FOLDERS}
    write_settings(Path(folders["JUPYTERLAB_SETTINGS_DIR"]))
    environment = {**os.environ, **folders}
    environment.pop("MPLBACKEND", None)  # commands that tests ran in this process have set it
    with log.open("w", encoding="utf-8") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments], env=environment, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            wait_until_it_answers(process, address, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


def jupyter_lab(folder: Path) -> list[str]:
    """The command for ``server`` that starts JupyterLab on a folder."""
    return [
        "jupyterlab",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.open_browser=False",
        "--ServerApp.allow_root=True",
        f"--ServerApp.root_dir={folder}",
        f"--IdentityProvider.token={TOKEN}",
        "--LabApp.expose_app_in_browser=True",
    ]


def write_settings(folder: Path) -> None:
    """Tells JupyterLab to draw cells out of sight too, and to ask for no news."""
    for name, settings in SETTINGS.items():
        path = folder / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(settings), encoding="utf-8")


def free_port() -> int:
    """A port of this machine that nothing uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_until_it_answers(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Returns when the server answers, be it with a refusal. Fails with what it said when it ends or takes too long."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"The server did not start:\n{log.read_text(encoding='utf-8')}")


def keep_screenshot(page: Any, tmp_path: Path, name: str) -> Path:
    """A picture of what the page shows, in the folder that GOVINFO_SCREENSHOTS names, else in that of the test."""
    folder = Path(os.environ.get("GOVINFO_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    page.screenshot(path=path)
    return path
