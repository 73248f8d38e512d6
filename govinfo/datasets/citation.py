"""How to cite the data set: its version, its date, a hash of its frames, and the entries for a list of references."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from html import escape
from importlib.metadata import version

from govinfo.corpus import FRAMES, Corpus
from govinfo.corrections import decided
from govinfo.files.data import read_table
from govinfo.files.sheet_text import csv_of


@dataclass(frozen=True)
class Citation:
    """How to cite a data set. ``version`` of the software that read it, ``date`` of its release (YYYY-MM-DD),
    ``sha256`` of its frames (64 hexadecimal digits: the same figures give the same), ``corrected`` cells on which a
    person decided; ``text``, ``bibtex`` and ``gbt7714`` are the entries for a list of references, the last after
    GB/T 7714-2015."""

    title: str
    title_zh: str
    author: str
    author_zh: str
    version: str
    date: str
    sha256: str
    reports: int
    cells: int
    corrected: int

    @property
    def note(self) -> str:
        """What tells this data set from others."""
        hands = f", {self.corrected} cells decided by hand" if self.corrected else ""
        return f"{self.reports} reports, {self.cells} cells{hands}, SHA-256 {self.sha256[:16]}"

    @property
    def text(self) -> str:
        """The reference as a sentence."""
        return f"{self.author} ({self.date[:4]}). {self.title} (version {self.version}, {self.date}). {self.note}."

    @property
    def bibtex(self) -> str:
        """The reference for BibTeX."""
        fields = {
            "author": f"{{{self.author}}}",
            "title": f"{{{self.title}}}",
            "year": self.date[:4],
            "month": str(int(self.date[5:7])),
            "version": self.version,
            "note": f"{self.note}; cite the report of the office for a figure",
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        return f"@misc{{govinfo-{self.version}-{self.sha256[:8]},\n{lines}}}"

    @property
    def gbt7714(self) -> str:
        """The reference after GB/T 7714-2015, as a data set."""
        where = f"（版本{self.version}，SHA-256：{self.sha256[:16]}）"
        return f"{self.author_zh}. {self.title_zh}{where}[DS]. ({self.date})."

    def __str__(self) -> str:
        return f"{self.text}\n\nSHA-256 of the frames: {self.sha256}\n\n{self.bibtex}\n\n{self.gbt7714}"

    def _repr_html_(self) -> str:
        return f"<div><p>{escape(self.text)}</p><pre>{escape(self.bibtex)}</pre><p>{escape(self.gbt7714)}</p></div>"


def citation_of(corpus: Corpus) -> Citation:
    """How to cite a corpus."""
    told = {line["key"]: line["value"] for line in read_table("datasets", "citation")}
    return Citation(
        title=told["title"],
        title_zh=told["title_zh"],
        author=told["author"],
        author_zh=told["author_zh"],
        version=version("govinfo"),
        date=told["date"],
        sha256=sha256_of(corpus),
        reports=len(corpus.reports),
        cells=len(corpus.cells),
        corrected=len(decided(corpus.cells)),
    )


def sha256_of(corpus: Corpus) -> str:
    """The SHA-256 of the frames of a corpus, as they are written as CSV."""
    digest = hashlib.sha256()
    for name in FRAMES:
        digest.update(name.encode() + b"\0" + csv_of(getattr(corpus, name)))
    return digest.hexdigest()
