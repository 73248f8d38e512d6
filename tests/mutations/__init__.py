"""Real pages with one thing about them changed, and what a person then reads on them."""

from mutations.kinds import MUTATIONS, Mutation
from mutations.pages import Page, page_of
from mutations.verdicts import PER_KIND, Trial, silent_cells, trial, trials

__all__ = ["MUTATIONS", "PER_KIND", "Mutation", "Page", "Trial", "page_of", "silent_cells", "trial", "trials"]
