"""Faults in the rows and figures of the requests table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from govinfo.render.model import Form, Line
from render.truth import worth

DONE = "三、本年度办理结果"
REFUSED, UNABLE, DECLINED = "（三）不予公开", "（四）无法提供", "（五）不予处理"


def with_line(form: Form, at: int, **changes: object) -> Form:
    """The form with one row of the requests table changed."""
    lines = list(form.requests)
    lines[at] = replace(lines[at], **changes)
    return replace(form, requests=tuple(lines))


def a_line(form: Form, rng: Random) -> int:
    """A row of the requests table, more often one that prints a figure."""
    busy = [at for at, line in enumerate(form.requests) if set(line.figures) - {"0", ""}]
    return rng.choice(busy) if busy and rng.random() < 0.6 else rng.randrange(len(form.requests))


def lose_label(form: Form, rng: Random) -> Form:
    at = a_line(form, rng)
    return with_line(form, at, path=(*form.requests[at].path[:-1], ""))


def lose_two_labels(form: Form, rng: Random) -> Form:
    return lose_label(lose_label(form, rng), rng)


def blank_total(form: Form, rng: Random) -> Form:
    at = a_line(form, rng)
    return with_line(form, at, figures=(*form.requests[at].figures[:-1], ""))


def blank_cell(form: Form, rng: Random) -> Form:
    at, col = a_line(form, rng), rng.randrange(7)
    figures = list(form.requests[at].figures)
    figures[col] = ""
    return with_line(form, at, figures=tuple(figures))


def blank_zeros(form: Form, rng: Random) -> Form:
    """Every zero of the requests table left blank, in all rows or in some."""
    part = rng.choice((1.0, 0.5, 0.1))
    return replace(
        form,
        requests=tuple(
            replace(
                line, figures=tuple("" if figure == "0" and rng.random() < part else figure for figure in line.figures)
            )
            for line in form.requests
        ),
    )


def blank_organisations(form: Form, rng: Random) -> Form:
    """All columns but natural persons and total left blank."""
    return replace(
        form,
        requests=tuple(replace(line, figures=(line.figures[0], *[""] * 5, line.figures[6])) for line in form.requests),
    )


def blank_row_of_figures(form: Form, rng: Random) -> Form:
    return with_line(form, rng.randrange(len(form.requests)), figures=("",) * 7)


def total_only(form: Form, rng: Random) -> Form:
    at = a_line(form, rng)
    return with_line(form, at, figures=("",) * 6 + form.requests[at].figures[6:])


def misprint(form: Form, rng: Random) -> Form:
    at, col = a_line(form, rng), rng.randrange(7)
    figures = list(form.requests[at].figures)
    figures[col] = str(int(worth(figures[col]) or 0) + rng.choice((1, 9, 10, 100)))
    return with_line(form, at, figures=tuple(figures))


def misprint_often(form: Form, rng: Random) -> Form:
    for _ in range(rng.randint(2, 8)):
        form = misprint(form, rng)
    return form


def swap_labels(form: Form, rng: Random) -> Form:
    """Two labels exchanged: a figure belongs to the label beside it."""
    one, two = sorted(rng.sample(range(2, len(form.requests) - 2), 2))
    first, second = form.requests[one], form.requests[two]
    form = with_line(form, one, path=(*first.path[:-1], second.path[-1]), code=second.code)
    return with_line(form, two, path=(*second.path[:-1], first.path[-1]), code=first.code)


def shuffle_rows(form: Form, rng: Random) -> Form:
    """The rows of one group in another order."""
    group = rng.choice((REFUSED, UNABLE, DECLINED))
    places = [at for at, line in enumerate(form.requests) if group in line.path]
    lines = list(form.requests)
    for at, line in zip(places, rng.sample([lines[at] for at in places], len(places)), strict=True):
        lines[at] = line
    return replace(form, requests=tuple(lines))


def lose_row(form: Form, rng: Random) -> Form:
    at = a_line(form, rng)
    return replace(form, requests=form.requests[:at] + form.requests[at + 1 :])


def lose_row_and_label(form: Form, rng: Random) -> Form:
    return lose_label(lose_row(form, rng), rng)


def repeat_row(form: Form, rng: Random) -> Form:
    at = a_line(form, rng)
    return replace(form, requests=form.requests[: at + 1] + form.requests[at:])


def add_foreign_row(form: Form, rng: Random) -> Form:
    """A row that the form does not have, inside the outcomes or under the new requests."""
    path, at = rng.choice(
        (
            ((DONE, REFUSED, "9.其他不予公开情形"), 12),
            ((DONE, DECLINED, "6.其他"), 20),
            (("其中：网上申请",), 1),
            (("其中：信函申请",), 2),
            ((DONE, "（八）撤回申请"), len(form.requests) - 2),
        )
    )
    line = Line(path, "foreign", tuple(str(rng.randint(0, 40)) for _ in range(7)))
    return replace(form, requests=(*form.requests[:at], line, *form.requests[at:]))


def set_figures(form: Form, dress: Callable[[str], str]) -> Form:
    """The form with every figure printed another way."""
    return replace(
        form,
        blocks=tuple(
            replace(
                block,
                lines=tuple(replace(line, figures=tuple(map(dress, line.figures))) for line in block.lines),
            )
            for block in form.blocks
        ),
        requests=tuple(replace(line, figures=tuple(map(dress, line.figures))) for line in form.requests),
        disputes=tuple(replace(line, figures=tuple(map(dress, line.figures))) for line in form.disputes),
    )


def dashes_for_zeros(form: Form, rng: Random) -> Form:
    dash = rng.choice(("-", "—", "/", "——", "无"))
    return set_figures(form, lambda text: dash if text == "0" else text)


def full_width(form: Form, rng: Random) -> Form:
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    return set_figures(form, lambda text: text.translate(wide))


def thousands(form: Form, rng: Random) -> Form:
    comma = rng.choice((",", "，"))
    return set_figures(form, lambda text: f"{int(text):,}".replace(",", comma) if text.isdigit() else text)


def counted(form: Form, rng: Random) -> Form:
    """Figures of the requests table with their measure word."""
    return replace(
        form,
        requests=tuple(
            replace(line, figures=tuple(f"{figure}件" for figure in line.figures)) for line in form.requests
        ),
    )


def noted(form: Form, rng: Random) -> Form:
    note = rng.choice(("（其中修订16件）", "(含上年3件)", "*", "①", "[1]"))
    at, col = a_line(form, rng), rng.randrange(7)
    figures = list(form.requests[at].figures)
    figures[col] += note
    return with_line(form, at, figures=tuple(figures))


def spaced_figures(form: Form, rng: Random) -> Form:
    """Figures with spaces between their digits."""
    return set_figures(form, lambda text: " ".join(text) if text.isdigit() and len(text) > 1 else text)
