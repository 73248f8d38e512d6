"""A corpus to what persons decide about it: the list of doubts, review, agreement of two persons, audit."""

from govinfo.review.files import Places, places_in
from govinfo.review.listed import write_list
from govinfo.review.queue import QUEUE, queue

__all__ = ["QUEUE", "Places", "places_in", "queue", "write_list"]
