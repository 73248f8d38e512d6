"""Rules of conditional formatting that may hide what a cell shows. Whether a rule holds is not worked out here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.cell_range import MultiCellRange

from govinfo.readers.css_values import BLACK, WHITE, alike
from govinfo.readers.docx_xml import Element, at_path, each
from govinfo.readers.sheet_colours import Palette


@dataclass(frozen=True, slots=True)
class Veil:
    """A rule over some areas: it lays a style or the colours of a scale over the cells, or shows signs instead of
    their text where it has neither."""

    areas: MultiCellRange
    style: DifferentialStyle | None = None
    scale: tuple[Any, ...] = ()

    def may_hide(self, cell: Any, palette: Palette) -> bool:
        """Whether a cell in the areas may be seen otherwise than without the rule."""
        if self.style is None and not self.scale:
            return True
        font, fill = (self.style.font, self.style.fill) if self.style else (None, None)
        if self.style and (self.style.numFmt is not None or (font is not None and font.strike)):
            return True
        letters = palette.colour(font.color if font else None, palette.colour(cell.font.color, BLACK))
        if self.scale:
            grounds = tuple(palette.colour(color, WHITE) for color in self.scale)
        elif fill is None or hasattr(fill, "stop"):
            grounds = palette.grounds(fill or cell.fill)
        else:
            grounds = (palette.colour(fill.bgColor, palette.colour(fill.fgColor, WHITE)),)
        return any(alike(letters, ground) for ground in grounds)


def is_veiled(cell: Any, veils: list[Veil], palette: Palette) -> bool:
    """Whether a rule may hide what a cell shows."""
    return any(
        area.min_row <= cell.row <= area.max_row
        and area.min_col <= cell.column <= area.max_col
        and veil.may_hide(cell, palette)
        for veil in veils
        for area in veil.areas.ranges
    )


def veils_of(sheet: Any) -> Iterator[Veil]:
    """The rules of a sheet that openpyxl keeps."""
    for conditional in sheet.conditional_formatting:
        for rule in conditional.rules:
            if any(drawn is not None and drawn.showValue is False for drawn in (rule.iconSet, rule.dataBar)):
                yield Veil(conditional.sqref)
            elif rule.colorScale is not None:
                yield Veil(conditional.sqref, scale=tuple(rule.colorScale.color))
            elif rule.dxf is not None:
                yield Veil(conditional.sqref, rule.dxf)


def newer_veils_of(tree: Element) -> Iterator[Veil]:
    """The rules that stand only in the XML of a sheet, as an extension."""
    for extension in each(tree, ["ext"]):
        for conditional in each(extension, ["conditionalFormatting"]):
            areas = MultiCellRange(value_in(conditional, "sqref"))
            for rule in each(conditional, ["cfRule"]):
                if any(drawn.get("showValue") in {"0", "false"} for drawn in each(rule, ["iconSet", "dataBar"])):
                    yield Veil(areas)
                if (style := at_path(rule, "dxf")) is not None:
                    yield Veil(areas, DifferentialStyle.from_tree(style))


def value_in(element: Element, name: str) -> str:
    """The text of a child; "" where there is none."""
    child = at_path(element, name)
    return "" if child is None else child.text or ""
