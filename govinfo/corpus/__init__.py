"""Many reports as five frames: build, store, describe.

Goes in: files and folders. Comes out: a ``Corpus`` of cells, reports, findings, sections and problems, which is
saved as CSV and Parquet and loaded again.
"""

from govinfo.corpus.build import corpus_of, read_reports
from govinfo.corpus.dictionary import FRAMES, PROBLEMS, REPORTS, dictionary
from govinfo.corpus.duplicates import counted, differences
from govinfo.corpus.quality import quality
from govinfo.corpus.store import Corpus, load

__all__ = [
    "FRAMES",
    "PROBLEMS",
    "REPORTS",
    "Corpus",
    "corpus_of",
    "counted",
    "dictionary",
    "differences",
    "load",
    "quality",
    "read_reports",
]
