"""Two reports side by side as a page: one HTML file that needs nothing else, for the screen, a phone and print."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cache
from html import escape
from importlib.metadata import version
from importlib.resources import files
from io import StringIO
from typing import Any

import matplotlib.pyplot as plt
import pandas as pd

from govinfo.errors import UsageError, near
from govinfo.files.data import read_table
from govinfo.forms import codebook, label_zh, row_order
from govinfo.plots import slope
from govinfo.prose import subjects
from govinfo.words.aligned import changes, status_of
from govinfo.words.compared import Compared

LANGUAGES = ("en", "zh")

KEY = (
    ("requests", "new", "total"),
    ("requests", "carried_in", "total"),
    ("requests", "handled", "total"),
    ("requests", "carried_out", "total"),
    ("disputes", "reconsideration", "total"),
    ("disputes", "reconsideration", "corrected"),
    ("disputes", "litigation_direct", "total"),
    ("disputes", "litigation_after", "total"),
    ("statistics", "proactive_files", "year"),
    ("statistics", "proactive_items", "year"),
    ("statistics", "requests_received", "year"),
    ("statistics", "replies", "year"),
)
"""The figures that stand first."""

PLAIN_UNIT = "件"
"""The unit of most figures, which is not named."""

NAMESPACES = re.compile(r' xmlns(?::xlink)?="[^"]*"')
"""What a drawing within HTML needs not say."""

NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))
"""A drawing that names neither the day nor the program that made it."""


@cache
def words(lang: str) -> Mapping[str, str]:
    """The words of the page in a language. Raises UsageError for one that there is not."""
    if lang not in LANGUAGES:
        raise UsageError(f"no such language: {lang}.", hint=near(lang, LANGUAGES))
    return {line["key"]: line[lang] for line in read_table("words", "words")}


def page_of(made: Compared, lang: str) -> str:
    """A comparison as a whole HTML page."""
    code = {"en": "en", "zh": "zh-Hans"}[lang] if lang in LANGUAGES else lang
    heading = title_of(made, words(lang))
    return (
        f'<!DOCTYPE html>\n<html lang="{code}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(heading)}</title></head><body>\n{part_of(made, lang)}\n</body></html>\n"
    )


def part_of(made: Compared, lang: str) -> str:
    """A comparison as a part of a page, as in a notebook."""
    style = files("govinfo").joinpath("words", "page.css").read_text(encoding="utf-8")
    say = words(lang)
    parts = [
        f"<h1>{escape(title_of(made, say))}</h1>",
        *summary(made, say),
        f"<h2>{say['figures']}</h2>",
        figures_table(key_figures(made.figures), heads_of(made, say), lang),
        *shares_chart(made, lang),
        f"<h2>{say['carried']}</h2><p>{escape(carried_words(made, say))}</p>",
        *stated_table(made, lang),
        f"<h2>{say['sections']}</h2>",
        *text_parts(made, say),
        f"<h2>{say['all_figures']}</h2><details><summary>{say['as_many'].format(figures=len(made.figures))}</summary>",
        figures_table(made.figures, heads_of(made, say), lang),
        "</details>",
        f'<p class="small">{escape(source_of(made, say))}</p>',
    ]
    return f'<style>{style}</style><div class="govinfo-compare">{"".join(parts)}</div>'


def names_of(made: Compared) -> tuple[str, str]:
    """The two reports by agency and year."""
    one, other = (
        " ".join(filter(None, (report.identity.agency, str(report.identity.year or "")))) or report.source
        for report in (made.before, made.after)
    )
    return one, other


def title_of(made: Compared, say: Mapping[str, str]) -> str:
    """The title of the page."""
    before, after = names_of(made)
    return say["title"].format(before=before, after=after)


def source_of(made: Compared, say: Mapping[str, str]) -> str:
    """What the page was made from."""
    return say["made"].format(version=version("govinfo"), before=made.before.source, after=made.after.source)


def summary(made: Compared, say: Mapping[str, str]) -> Iterator[str]:
    """What holds for all of the two reports."""
    if made.repeated is not None:
        yield f"<p>{escape(say['repeated'].format(share=percent(made.repeated)))}</p>"
    if made.before.form != made.after.form:
        yield f"<p>{escape(say['forms'].format(before=made.before.form, after=made.after.form))}</p>"


def percent(share: float) -> str:
    """A share as a whole percentage."""
    return f"{share:.0%}"


# Figures


def key_figures(figures: pd.DataFrame) -> pd.DataFrame:
    """The figures that stand first, in their order."""
    places = zip(figures["table"], figures["row"], figures["column"], strict=True)
    at = {place: number for number, place in enumerate(places)}
    return figures.iloc[[at[place] for place in KEY if place in at]]


def heads_of(made: Compared, say: Mapping[str, str]) -> tuple[str, str]:
    """What stands above the figures of the two reports: their years, or their agencies where the years are the same."""
    years = [str(report.identity.year or "") for report in (made.before, made.after)]
    names = [report.identity.agency or report.source for report in (made.before, made.after)]
    one, other = years if all(years) and years[0] != years[1] else names
    return say["before"].format(name=one), say["after"].format(name=other)


def table_of(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose first column holds words, the last one notes, if there are any, and those between figures."""
    columns = len(heads) - (not any(row[-1] for row in rows))
    kinds = ["", *[' class="n"'] * (len(heads) - 2), ' class="small"'][:columns]
    lines = [
        "<tr>"
        + "".join(f"<{tag}{kind}>{escape(cell)}</{tag}>" for cell, kind in zip(row, kinds, strict=False))
        + "</tr>"
        for tag, row in [("th", heads), *(("td", row) for row in rows)]
    ]
    return f'<div class="wide"><table><thead>{lines[0]}</thead><tbody>{"".join(lines[1:])}</tbody></table></div>'


def figures_table(figures: pd.DataFrame, both: tuple[str, str], lang: str) -> str:
    """Figures side by side."""
    say = words(lang)
    heads = [say["figure"], *both, say["difference"], say["percent"], say["note"]]
    return table_of(heads, [figure_row(line, lang) for line in figures.to_dict("records")])


def figure_row(line: Mapping[Hashable, Any], lang: str) -> list[str]:
    """One figure of both reports."""
    table, row, column = (str(line[name]) for name in ("table", "row", "column"))
    label, of = str(line["label"]), column
    if row in row_order(table):
        label, of = english_labels().get((table, row, column), (label, column))
    if lang == "zh":
        label, of = label_zh(table, row) if row in row_order(table) else label, label_zh(table, column)
    name = label if column == "total" else f"{label}：{of}" if lang == "zh" else f"{label}: {of}"
    if pd.notna(line["unit"]) and line["unit"] not in ("", PLAIN_UNIT):
        name = f"{name}（{line['unit']}）" if lang == "zh" else f"{name} ({line['unit']})"
    changes_ = signed(line["difference"]), signed(line["percent"], 1)
    return [name, number(line["before"]), number(line["after"]), *changes_, note_in(str(line["why"]), lang)]


@cache
def notes() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The notes of a comparison and how they are said in Chinese."""
    return tuple((re.compile(line["note"]), line["zh"]) for line in read_table("words", "notes"))


def note_in(why: str, lang: str) -> str:
    """Why a figure cannot be compared, or with care alone, in the language of the page."""
    if lang != "zh":
        return why
    said = [
        next((found.expand(zh) for note, zh in notes() if (found := note.fullmatch(one))), one)
        for one in why.split("; ")
    ]
    return "；".join(said)


@cache
def english_labels() -> Mapping[tuple[str, str, str], tuple[str, str]]:
    """The cells of the forms in English: their row and column."""
    book = codebook()
    places = zip(book["table"], book["row"], book["column"], strict=True)
    return dict(zip(places, zip(book["row_label_en"], book["column_label_en"], strict=True), strict=True))


def number(value: object) -> str:
    """A figure as printed, nothing where there is none."""
    return "" if pd.isna(value) else f"{value:,.12g}"  # type: ignore[call-overload]


def signed(value: object, decimals: int = 12) -> str:
    """A change with its sign, nothing where there is none."""
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    shown = f"{value:+,.{decimals}f}" if decimals == 1 else f"{value:+,.12g}"
    return shown.replace("-", "−") if float(str(value)) else "0"


def shares_chart(made: Compared, lang: str) -> Iterator[str]:
    """The slope chart of the shares of outcomes, where both reports have some."""
    known = made.shares.dropna(subset="share")
    if known["report_id"].nunique() == 2:
        axes = slope(made.shares, lang=lang)
        buffer = StringIO()
        with plt.rc_context({"svg.hashsalt": "govinfo"}):  # the same names in the drawing each time
            axes.figure.savefig(buffer, format="svg", metadata=NO_METADATA)  # type: ignore[union-attr]
        plt.close(axes.figure)  # type: ignore[arg-type]
        drawn = NAMESPACES.sub("", buffer.getvalue())
        named = escape(words(lang)["shares"])
        yield f'<h2>{named}</h2><svg role="img" aria-label="{named}"{drawn[drawn.index("<svg") + 4 :]}'


def carried_words(made: Compared, say: Mapping[str, str]) -> str:
    """What the earlier report carries out and the later one carries in, in words."""
    total = made.carried[made.carried["column"] == "total"]
    if total.empty:
        return say["carried_none"]
    out, in_ = total["carried_out"].iloc[0], total["carried_in"].iloc[0]
    if pd.isna(out) or pd.isna(in_):
        return say["carried_open"]
    return say["carried_holds" if out == in_ else "carried_fails"].format(out=number(out), in_=number(in_))


def stated_table(made: Compared, lang: str) -> Iterator[str]:
    """What both reports state in prose."""
    if made.stated.empty:
        return
    say = words(lang)
    rows = [
        [
            subject.label_en if lang == "en" else subject.label_zh,
            number(line["before"]),
            number(line["after"]),
            signed(line["difference"]),
            note_in(line["why"], lang),
        ]
        for line in made.stated.to_dict("records")
        for subject in [subjects()[line["subject"]]]
    ]
    heads = [say["figure"], *heads_of(made, say), say["difference"], say["note"]]
    yield f"<h2>{say['stated']}</h2>{table_of(heads, rows)}"


# Text


def text_parts(made: Compared, say: Mapping[str, str]) -> Iterator[str]:
    """The sections side by side, sentence by sentence."""
    before, after = names_of(made)
    yield f'<div class="pair head"><p>{escape(before)}</p><p>{escape(after)}</p></div>'
    empty = []
    for section in made.sections.to_dict("records"):
        number_ = section["number"]
        heads = [section[name] for name in ("heading_before", "heading_after")]
        heading = next((str(one) for one in heads if pd.notna(one) and one), f"{number_} {say['lost']}")
        if pd.isna(section["repeated"]):
            empty.append(heading)
            continue
        mine = made.sentences[made.sentences["number"] == number_]
        share = say["section_share"].format(share=percent(section["repeated"]))
        yield f'<h3>{escape(heading)} <span class="small">{escape(share)}</span></h3>'
        yield from sentence_parts(list(zip(mine["before"], mine["after"], strict=True)), say)
    if empty:
        yield f'<p class="small">{escape(say["no_text"].format(headings=say["comma"].join(empty)))}</p>'


def sentence_parts(sentences: Sequence[tuple[str, str]], say: Mapping[str, str]) -> Iterator[str]:
    """Sentences side by side, what was changed in them marked."""
    for before, after in sentences:
        status = status_of(before, after)
        left, right = escape(before), escape(after)
        if status in ("changed", "figures"):
            parts = [(kind, escape(text)) for kind, text in changes(before, after)]
            left = "".join(
                f"<del>{text}</del>" if kind == "removed" else text for kind, text in parts if kind != "added"
            )
            right = "".join(
                f"<ins>{text}</ins>" if kind == "added" else text for kind, text in parts if kind != "removed"
            )
        meaning = say["figures_changed" if status == "figures" else status]
        yield f'<div class="pair {status}" title="{escape(meaning)}"><p>{left}</p><p>{right}</p></div>'
