"""Real pages with one thing about them changed, and what a person then reads on them."""

from mutations.dumps import CHANGES, Dump, dump_of, dump_trial
from mutations.kinds import MUTATIONS, Mutation
from mutations.layouts import LAYOUTS, Layout, word_files
from mutations.pages import Page, page_of
from mutations.verdicts import PER_KIND, Trial, silent_cells, trial, trials
from mutations.word import WordFile, word_file

__all__ = [
    "CHANGES",
    "LAYOUTS",
    "MUTATIONS",
    "PER_KIND",
    "Dump",
    "Layout",
    "Mutation",
    "Page",
    "Trial",
    "WordFile",
    "dump_of",
    "dump_trial",
    "page_of",
    "silent_cells",
    "trial",
    "trials",
    "word_file",
    "word_files",
]
