"""A corpus to what persons decide about it: the list of doubts, review, agreement of two persons, audit."""

from govinfo.review.agreement import Agreement, agreement
from govinfo.review.audit import Audit, audit, refuse_other_sample, sample
from govinfo.review.files import Places, places_in
from govinfo.review.listed import write_list
from govinfo.review.queue import QUEUE, queue
from govinfo.review.server import Screen, Shown, review, serving
from govinfo.review.session import Session, session

__all__ = [
    "QUEUE",
    "Agreement",
    "Audit",
    "Places",
    "Screen",
    "Session",
    "Shown",
    "agreement",
    "audit",
    "places_in",
    "queue",
    "refuse_other_sample",
    "review",
    "sample",
    "serving",
    "session",
    "write_list",
]
