"""Real pages with one thing about them changed, and what a person then reads on them."""

from mutations.dumps import CHANGES, Dump, dump_of, dump_trial
from mutations.kinds import MUTATIONS, Mutation
from mutations.layouts import LAYOUTS, Layout
from mutations.pages import Page, page_of
from mutations.verdicts import PER_KIND, Trial, silent_cells, trial, trials

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
    "dump_of",
    "dump_trial",
    "page_of",
    "silent_cells",
    "trial",
    "trials",
]
