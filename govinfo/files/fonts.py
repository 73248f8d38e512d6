"""Which font file writes Chinese: one that comes as a package, else one that the machine has."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from matplotlib import font_manager

PACKAGED = (("pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"),)
"""Packages that bring a font, with the font's file: the extra ``zh`` of govinfo (Noto Sans SC, SIL OFL 1.1)."""

INSTALLED = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
    "Arial Unicode MS",
    "Droid Sans Fallback",
)
"""Families with simplified Chinese that come with operating systems, the better ones first."""

ADVICE = "Install one with: pip install 'govinfo[zh]'"
"""What to do where there is no such font."""


@cache
def chinese_font() -> Path | None:
    """The font file that writes Chinese: the one of the extra ``zh``, else one that matplotlib finds installed."""
    return packaged_font() or installed_font()


def packaged_font() -> Path | None:
    """The font of a package of ``PACKAGED``, without importing it."""
    for package, name in PACKAGED:
        spec = find_spec(package)
        for folder in (spec.submodule_search_locations or []) if spec else []:
            if (path := Path(folder) / name).is_file():
                return path
    return None


def installed_font() -> Path | None:
    """The first family of ``INSTALLED`` that matplotlib's font list knows."""
    known = {font.name: Path(font.fname) for font in font_manager.fontManager.ttflist}
    return next((known[name] for name in INSTALLED if name in known and known[name].is_file()), None)
