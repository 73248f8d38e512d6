"""Many reports as six frames: build, store, describe.

Goes in: files and folders. Comes out: a ``Corpus`` of cells, reports, findings, sections, statements and problems,
which is saved as CSV and Parquet and loaded again.
"""

from govinfo.corpus.batches import Progress
from govinfo.corpus.builder import Built, build, read_reports
from govinfo.corpus.cluster import cluster
from govinfo.corpus.concat import concat
from govinfo.corpus.corpus import Corpus, corpus_of, is_data_set, load
from govinfo.corpus.description import Description
from govinfo.corpus.dictionary import FRAMES, PROBLEMS, REPORTS, dictionary
from govinfo.corpus.duplicates import counted, differences
from govinfo.corpus.invented import holds_invented
from govinfo.corpus.memory import places_told
from govinfo.corpus.progress import progress_bar
from govinfo.corpus.quality import quality
from govinfo.corpus.scan import cells_of, frame_in, scan

__all__ = [
    "FRAMES",
    "PROBLEMS",
    "REPORTS",
    "Built",
    "Corpus",
    "Description",
    "Progress",
    "build",
    "cells_of",
    "cluster",
    "concat",
    "corpus_of",
    "counted",
    "dictionary",
    "differences",
    "frame_in",
    "holds_invented",
    "is_data_set",
    "load",
    "places_told",
    "progress_bar",
    "quality",
    "read_reports",
    "scan",
]
