"""The fields of a Word document in a cell: what was typed into forms and chosen in lists, what is only the code of a
field, and fields that Word draws though the file holds no result."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from govinfo.readers.docx_xml import Element, at_path, attribute, become_text, children, local_name, value_of, whole
from govinfo.readers.marks import marked

_DRAWN = re.compile(
    r"\s*(?:EQ|SYMBOL|MACROBUTTON|GOTOBUTTON|AUTONUM\w*|LISTNUM|PAGE|NUMPAGES|SEQ|QUOTE|DATE|TIME)\b", re.IGNORECASE
)
"""Fields that show something of their own."""


@dataclass
class Field:
    """A field that has begun: whether it is one to type into, its code so far, whether its result has begun, and
    whether that has a text."""

    typed: bool
    code: str = ""
    shown: bool = False
    told: bool = False


def mark_fields(paragraph: Element) -> None:
    """Marks what was typed into the fields of a form, writes what was chosen in a list, marks codes of fields that
    stand as text, and draws fields without a result."""
    for simple in paragraph.iter("{*}fldSimple"):
        if _DRAWN.match(attribute(simple, "instr") or "") and not "".join(simple.itertext()).strip():
            become_text(etree.SubElement(simple, "t"), marked("picture"))
    begun: list[Field] = []
    for element in list(paragraph.iter("{*}fldChar", "{*}instrText", "{*}t")):
        kind = attribute(element, "fldCharType") if local_name(element) == "fldChar" else local_name(element)
        if kind == "begin":
            begun.append(Field(at_path(element, "ffData", "textInput") is not None))
            if (choices := at_path(element, "ffData", "ddList")) is not None:
                become_text(element, marked("form-field", _chosen(choices)))
        elif kind == "instrText" and begun:
            begun[-1].code += element.text or ""
        elif kind == "separate" and begun:
            begun[-1].shown = True
        elif kind == "end" and begun:
            field = begun.pop()
            if not field.told and _DRAWN.match(field.code) and all(outer.shown for outer in begun):
                become_text(element, marked("picture"))
        elif kind == "t" and begun:
            if not all(field.shown for field in begun):
                element.text = marked("hidden", element.text or "")
                continue
            for field in begun:
                field.told = field.told or bool(element.text)
            if any(field.typed for field in begun):
                element.text = marked("form-field", element.text or "")


def _chosen(choices: Element) -> str:
    entries = [value_of(entry) for entry in children(choices, "listEntry")]
    at = whole(value_of(at_path(choices, "result")) or value_of(at_path(choices, "default")))
    return entries[at] if 0 <= at < len(entries) else ""
