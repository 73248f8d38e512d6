"""Reports as Excel sheets: what a person sees in them is what is read."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from random import Random
from typing import Any

import openpyxl
import pytest
import xlwt
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule, FormulaRule, IconSetRule, Rule
from openpyxl.styles import Border, Color, Font, GradientFill, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat
from openpyxl.utils import get_column_letter
from render import random_form, truth, worth
from render.kinds import as_xls, as_xlsx, page_of, where, zip_of

from govinfo.document import PICTURE, Grid
from govinfo.errors import FileUnreadable, NotAReport, NothingToRead
from govinfo.readers.number_format import shown
from govinfo.readers.xls import read_xls
from govinfo.readers.xlsx import read_xlsx
from govinfo.render import Form
from govinfo.report import Report, report_of
from govinfo.tables import CELLS

FORMS = [random_form(Random(seed), code) for seed, code in ((1, "2019"), (2, "2021"), (3, "2021"))]
FORM = FORMS[1]
PLACE = ("requests", "new", "natural_person")
SHEET = "xl/worksheets/sheet1.xml"


def wrong(form: Form, report: Report) -> list[object]:
    """Cells that are not plainly what the form prints."""
    read = {(c["table"], c["row"], c["column"]): c for c in report.cells.to_dict("records")}
    return [
        (key, text, read.get(key))
        for key, text in truth(form).items()
        if key not in read or read[key]["value"] != worth(text) or read[key]["doubts"]
    ]


def one(report: Report, place: tuple[str, str, str] = PLACE) -> dict[str, Any]:
    table, row, column = place
    cells = report.cells
    found = cells[(cells["table"] == table) & (cells["row"] == row) & (cells["column"] == column)]
    return dict(found[list(CELLS)].iloc[0])


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.code}-{form.year}")
@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("bordered", [False, True], ids=["no lines", "lines"])
def test_a_sheet_is_read_as_the_page_would_be(form: Form, gap: int, bordered: bool) -> None:
    report = report_of(as_xlsx(form, gap=gap, bordered=bordered), "report.xlsx")
    assert wrong(form, report) == []
    assert (report.identity.agency, report.identity.year, report.reader) == (form.agency, form.year, "excel")
    page = report_of(page_of(form).encode(), "report.html")
    assert report.sections["heading"].unique().tolist() == page.sections["heading"].unique().tolist()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.code}-{form.year}")
def test_a_sheet_of_before_2007_is_read(form: Form) -> None:
    report = report_of(as_xls(form), "report.et")
    assert wrong(form, report) == []
    assert report.reader == "excel"


def everything_lined(sheet: Any) -> None:
    thin = Side(style="thin")
    for row in sheet.iter_rows(max_col=10):
        for cell in row:
            cell.border = Border(thin, thin, thin, thin)


def no_spans(sheet: Any) -> None:
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(area.coord)


def texts_over_the_whole_width(sheet: Any) -> None:
    for row in range(1, sheet.max_row + 1):
        alone = sheet.cell(row, 1).value and all(sheet.cell(row, column).value is None for column in range(2, 11))
        if alone and not any(cell.coordinate in sheet.merged_cells for cell in sheet[row]):
            sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=10)


@pytest.mark.parametrize("edit", [everything_lined, no_spans, texts_over_the_whole_width])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.code}-{form.year}")
def test_a_sheet_is_read_however_it_is_dressed(form: Form, edit: Any) -> None:
    report = edited(edit, form)
    assert wrong(form, report) == []
    assert (report.identity.agency, report.identity.year) == (form.agency, form.year)


def edited(edit: Any, form: Form = FORM) -> Report:
    return report_of(as_xlsx(form, edit=edit), "report.xlsx")


def cell_of(sheet: Any) -> Any:
    row, column = where(FORM, *PLACE)
    return sheet.cell(row + 1, column + 1)


def test_hidden_rows_and_columns_are_not_seen() -> None:
    def edit(sheet: Any) -> None:
        row, _ = where(FORM, *PLACE)
        last = sheet.max_row
        sheet.cell(last + 2, 1, "望川县2001年政府信息公开工作年度报告")
        sheet.row_dimensions[last + 2].hidden = True
        sheet.cell(row + 1, 30, 77)
        sheet.column_dimensions["AD"].hidden = True

    report = edited(edit)
    assert wrong(FORM, report) == []
    assert "2001" not in report.sections["text"].str.cat()


def test_a_merged_cell_over_hidden_columns_is_as_wide_as_it_is_seen() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["行政复议", None, None, "行政诉讼"], ["维持", "隐", "纠正", "维持"], [1, 9, 2, 3]):
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet.column_dimensions["B"].hidden = True
    (grid,) = read_xlsx(saved(book)).grids()
    assert [(cell.text, cell.col, cell.colspan) for cell in grid.cells] == [
        *(("行政复议", 0, 2), ("行政诉讼", 2, 1)),
        *(("维持", 0, 1), ("纠正", 1, 1), ("维持", 2, 1)),
        *(("1", 0, 1), ("2", 1, 1), ("3", 2, 1)),
    ]


def test_a_hidden_sheet_is_not_seen_and_the_others_stand_in_their_order() -> None:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.append(["青榆县2023年政府信息公开工作年度报告"])
    hidden = book.create_sheet("旧稿")
    hidden.append(["规章", 9, 9])
    hidden.sheet_state = "hidden"
    named = book.create_sheet("主动公开")
    named.append(["信息内容", "本年制发件数"])
    named.append(["规章", 3])
    book.create_sheet("Sheet3").append(["信息内容", 1])
    document = read_xlsx(saved(book))
    assert [block.text for block in document.paragraphs()] == ["青榆县2023年政府信息公开工作年度报告", "主动公开"]
    assert [[cell.text for cell in grid.cells] for grid in document.grids()] == [
        ["信息内容", "本年制发件数", "规章", "3"],
        ["信息内容", "1"],
    ]


def saved(book: Any) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_formula_counts_by_its_stored_value_and_without_one_it_is_unreadable() -> None:
    found = one(edited(lambda sheet: setattr(cell_of(sheet), "value", "=1+1")))
    assert (found["kind"], found["raw"]) == ("unreadable", PICTURE)


@pytest.mark.parametrize(
    ("font", "doubt"),
    [
        (Font(strike=True), "struck-out"),
        (Font(vertAlign="superscript"), "note"),
        (Font(color="FFFFFFFF"), "hidden"),
        (Font(color=openpyxl.styles.colors.Color(theme=0)), "hidden"),
        (Font(color=openpyxl.styles.colors.Color(indexed=9)), "hidden"),
        (Font(name="Wingdings"), "picture"),
    ],
    ids=["struck", "raised", "white", "white of the theme", "white of the palette", "signs"],
)
def test_what_nobody_sees_is_left_out_with_a_doubt(font: Font, doubt: str) -> None:
    def edit(sheet: Any) -> None:
        cell_of(sheet).value = 987654
        cell_of(sheet).font = font

    found = one(edited(edit))
    assert found["kind"] != "reported"
    assert doubt in found["doubts"].split(";")


def test_a_figure_of_the_colour_of_its_cell_is_left_out() -> None:
    def edit(sheet: Any) -> None:
        cell_of(sheet).value = 987654
        cell_of(sheet).font = Font(color="FFCC0000")
        cell_of(sheet).fill = PatternFill("solid", fgColor="00CC0000")

    found = one(edited(edit))
    assert (found["kind"], found["doubts"]) == ("blank", "hidden")


@pytest.mark.parametrize(
    "rule",
    [
        CellIsRule(operator="greaterThan", formula=["0"], font=Font(color="FFFFFFFF")),
        FormulaRule(formula=["TRUE"], font=Font(color="FF00FF00"), fill=PatternFill(bgColor="FF00FF00")),
        Rule(
            type="expression",
            formula=["TRUE"],
            dxf=DifferentialStyle(numFmt=NumberFormat(numFmtId=200, formatCode=";;;")),
        ),
        IconSetRule("3Arrows", "percent", [0, 33, 67], showValue=False),
    ],
    ids=["white", "the colour of its ground", "a format", "signs"],
)
def test_what_conditional_formatting_may_hide_is_in_doubt(rule: Any) -> None:
    found = one(edited(lambda sheet: sheet.conditional_formatting.add(cell_of(sheet).coordinate, rule)))
    assert (found["value"], found["doubts"]) == (worth(truth(FORM)[PLACE]), "hidden")


def laid(**style: Any) -> Rule:
    """A rule that lays a style over cells."""
    return Rule(type="expression", formula=["TRUE"], dxf=DifferentialStyle(**style))


def black_scale() -> Any:
    ends = {"start_type": "num", "start_value": 0, "end_type": "num", "end_value": 1}
    return ColorScaleRule(start_color="FF000000", end_color="FF000000", **ends)


@pytest.mark.parametrize(
    ("rule", "font", "fill"),
    [
        (laid(font=Font(strike=True)), Font(), PatternFill()),
        (laid(fill=PatternFill("solid", bgColor="FF000000")), Font(), PatternFill()),
        (laid(font=Font(color="FFFEFEFE")), Font(), PatternFill()),
        (laid(font=Font(color=Color(theme=0))), Font(), PatternFill()),
        (
            laid(fill=PatternFill("solid", bgColor="FFFFFFFF")),
            Font(color="FFFFFFFF"),
            PatternFill("solid", fgColor="FF003366"),
        ),
        (laid(font=Font(color="FF003366")), Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF003366")),
        (black_scale(), Font(), PatternFill()),
    ],
)
def test_a_rule_is_seen_over_what_the_cell_itself_looks_like(rule: Any, font: Font, fill: PatternFill) -> None:
    def edit(sheet: Any) -> None:
        cell_of(sheet).font, cell_of(sheet).fill = font, fill
        sheet.conditional_formatting.add(cell_of(sheet).coordinate, rule)

    found = one(edited(edit))
    assert (found["value"], found["doubts"]) == (worth(truth(FORM)[PLACE]), "hidden")


def test_white_on_the_dark_ground_of_a_rule_or_of_the_cell_is_plain() -> None:
    def edit(sheet: Any) -> None:
        cell_of(sheet).fill = PatternFill("solid", fgColor="FF003366")
        sheet.conditional_formatting.add(cell_of(sheet).coordinate, laid(font=Font(color="FFFFFFFF")))
        both = laid(font=Font(color="FFFFFFFF"), fill=PatternFill("solid", bgColor="FF1F4E79"))
        sheet.conditional_formatting.add("A1:Z99", both)

    assert wrong(FORM, edited(edit)) == []


def test_a_rule_of_an_extension_may_hide_too() -> None:
    row, column = where(FORM, *PLACE)
    rules = (
        '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"'
        ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
        ' xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:conditionalFormattings>'
        '<x14:conditionalFormatting><x14:cfRule type="expression" priority="1"><xm:f>Sheet2!$A$1=0</xm:f>'
        '<x14:dxf><font><color rgb="FFFFFFFF"/></font></x14:dxf></x14:cfRule>'
        f"<xm:sqref>{get_column_letter(column + 1)}{row + 1}</xm:sqref>"
        "</x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>"
    )
    found = one(report_of(with_part(SHEET, b"</worksheet>", rules.encode(), edit=lambda _: None), "report.xlsx"))
    assert (found["value"], found["doubts"]) == (worth(truth(FORM)[PLACE]), "hidden")


BOX = '<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="T"{}/></xdr:nvSpPr><xdr:spPr>{}</xdr:spPr>{}</xdr:sp>'
TEXT = "<xdr:txBody><a:bodyPr/><a:p><a:r><a:t>132</a:t></a:r></a:p></xdr:txBody>"
FILL = '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'


def with_drawing(shape: str, kind: str, edit: Any) -> Report:
    """The report of a workbook with a shape over one of its cells."""
    row, column = where(FORM, *PLACE)
    start, end = (
        f"<xdr:{name}><xdr:col>{column + more}</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{row + more}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:{name}>"
        for name, more in (("from", 0), ("to", 1))
    )
    reach = end if kind == "twoCellAnchor" else '<xdr:ext cx="600000" cy="180000"/>'
    drawing = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f"<xdr:{kind}>{start}{reach}{shape}<xdr:clientData/></xdr:{kind}></xdr:wsDr>"
    )
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing"'
        ' Target="/xl/drawings/drawing1.xml"/></Relationships>'
    )
    with zipfile.ZipFile(io.BytesIO(as_xlsx(FORM, edit=edit))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/drawings/drawing1.xml"] = drawing.encode()
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relation.encode()
    return report_of(zip_of(parts), "report.xlsx")


@pytest.mark.parametrize("kind", ["twoCellAnchor", "oneCellAnchor"])
@pytest.mark.parametrize(
    "shape",
    [BOX.format("", "", TEXT), f"<xdr:grpSp>{BOX.format('', '', TEXT)}</xdr:grpSp>", BOX.format("", FILL, "")],
    ids=["a box of text", "in a group", "a plain rectangle"],
)
def test_a_shape_over_a_cell_puts_it_in_doubt_and_no_other(shape: str, kind: str) -> None:
    covered = with_drawing(shape, kind, lambda _: None)
    assert [key for key, _, _ in wrong(FORM, covered)] == [PLACE]
    assert "picture" in one(covered)["doubts"].split(";")
    empty = one(with_drawing(shape, kind, lambda sheet: setattr(cell_of(sheet), "value", None)))
    assert (empty["kind"], "picture" in empty["doubts"].split(";")) == ("unreadable", True)


@pytest.mark.parametrize(
    "shape",
    [BOX.format(' hidden="1"', FILL, TEXT), BOX.format("", "<a:noFill/>", "")],
    ids=["hidden", "a frame without a ground"],
)
def test_a_shape_that_covers_nothing_leaves_no_doubt(shape: str) -> None:
    assert wrong(FORM, with_drawing(shape, "twoCellAnchor", lambda _: None)) == []


def test_what_conditional_formatting_only_colours_is_plain() -> None:
    red = CellIsRule(operator="greaterThan", formula=["0"], font=Font(color="FFCC0000"))
    assert wrong(FORM, edited(lambda sheet: sheet.conditional_formatting.add("A1:Z99", red))) == []


def test_rows_without_height_and_columns_without_width_are_not_seen() -> None:
    def edit(sheet: Any) -> None:
        sheet.cell(sheet.max_row + 2, 1, "望川县2001年政府信息公开工作年度报告")
        sheet.row_dimensions[sheet.max_row].height = 0.75
        sheet.cell(where(FORM, *PLACE)[0] + 1, 30, 77)
        sheet.column_dimensions["AD"].width = 0.1

    report = edited(edit)
    assert wrong(FORM, report) == []
    assert "2001" not in report.sections["text"].str.cat()


@pytest.mark.parametrize(
    ("value", "number_format", "width", "height", "doubts"),
    [
        (1330, "General", 2, None, "hidden"),
        (1330, "#,##0.00", 6, None, "hidden"),
        (1330, "General", 9, None, ""),
        (1330.123456, "General", 6, None, ""),
        ("1330", "General", 2, None, ""),
        (1330, "General", None, None, ""),
        (1330, "General", None, 3, "hidden"),
        (1330, "General", None, 12, ""),
    ],
)
def test_a_figure_without_room_is_in_doubt(
    value: Any, number_format: str, width: float | None, height: float | None, doubts: str
) -> None:
    def edit(sheet: Any) -> None:
        cell = cell_of(sheet)
        cell.value, cell.number_format = value, number_format
        if width is not None:
            sheet.column_dimensions[cell.column_letter].width = width
        if height is not None:
            sheet.row_dimensions[cell.row].height = height

    found = one(edited(edit))
    assert [doubt for doubt in found["doubts"].split(";") if doubt == "hidden"] == ([doubts] if doubts else [])
    assert float(found["value"]) == float(value)


def test_a_figure_in_merged_narrow_columns_has_the_room_of_all() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["信息内容", "件数", None, None], ["规章", 1330, None, None], ["行政许可", 1330, 7, 8]):
        sheet.append(row)
    for area in ("B1:D1", "B2:D2"):
        sheet.merge_cells(area)
    for letter in "BCD":
        sheet.column_dimensions[letter].width = 2
    (grid,) = read_xlsx(saved(book)).grids()
    assert [(cell.text, cell.doubts) for cell in grid.cells if cell.text == "1330"] == [
        ("1330", ()),
        ("1330", ("hidden",)),
    ]


def test_a_broken_rule_of_an_extension_is_a_broken_workbook() -> None:
    rules = b"<extLst><ext><conditionalFormatting><cfRule/><sqref>?</sqref></conditionalFormatting></ext></extLst>"
    with pytest.raises(FileUnreadable, match="broken or cut short"):
        read_xlsx(with_part(SHEET, b"</worksheet>", rules + b"</worksheet>"))


def test_white_on_a_dark_ground_is_seen() -> None:
    def edit(sheet: Any) -> None:
        cell_of(sheet).font = Font(color="FFFFFFFF")
        cell_of(sheet).fill = PatternFill("solid", fgColor="FF1F4E79")

    assert wrong(FORM, edited(edit)) == []


def test_a_struck_figure_beside_the_new_one() -> None:
    text = truth(FORM)[PLACE]

    def edit(sheet: Any) -> None:
        cell_of(sheet).value = CellRichText(TextBlock(InlineFont(strike=True), "76"), f" {text}")

    found = one(edited(edit))
    assert found["value"] == worth(text)
    assert "struck-out" in found["doubts"]


def test_a_raised_digit_is_a_note() -> None:
    text = truth(FORM)[PLACE]

    def edit(sheet: Any) -> None:
        cell_of(sheet).value = CellRichText(text, TextBlock(InlineFont(vertAlign="superscript"), "1"))

    assert one(edited(edit))["value"] == worth(text)


def test_a_picture_in_a_cell_is_not_blank() -> None:
    from openpyxl.drawing.image import Image
    from PIL import Image as Pictures

    file = io.BytesIO()
    Pictures.new("RGB", (4, 4)).save(file, "PNG")

    def edit(sheet: Any) -> None:
        cell_of(sheet).value = None
        sheet.add_image(Image(file), cell_of(sheet).coordinate)

    found = one(edited(edit))
    assert (found["kind"], "picture" in found["doubts"]) == ("unreadable", True)


def test_zeros_that_the_sheet_does_not_show_are_no_zeros() -> None:
    zero = next(place for place, text in truth(FORM).items() if text == "0")
    found = one(edited(lambda sheet: setattr(sheet.sheet_view, "showZeros", False)), zero)
    assert (found["kind"], found["doubts"]) == ("blank", "hidden")


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1330, "General", "1330"),
        (1330, "#,##0", "1,330"),
        (1330, "0.00", "1330.00"),
        (5949.088667, "General", "5949.088667"),
        (5949.088667, '#,##0.00"万元"', "5,949.09万元"),
        (0.1 + 0.2, "General", "0.3"),
        (0.5185, "0.00%", "51.85%"),
        (54, '0"件"', "54件"),
        (54, '"约"0', "约54"),
        (54, "[Red]0", "54"),
        (2.5, "0", "3"),
        (-3, "0_);(0)", "(3)"),
        (0, "0;-0;;@", ""),
        (0, '0;-0;"—"', "—"),
        (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ ', "-"),
        (7, ";;;", ""),
        ("规章", ";;;", ""),
        ("规章", "0", "规章"),
        ("规章", '0;0;0;@"（注）"', "规章（注）"),
        (12345678, "0,", "12346"),
        (True, "General", "TRUE"),
        (date(2023, 12, 31), "yyyy/m/d", "2023-12-31"),
        (None, "0", ""),
    ],
)
def test_a_number_comes_as_its_format_shows_it(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (132, '[=0]"无";0', "132"),
        (0, '[=0]"无";0', "无"),
        (-5, '[=0]"无";0', "-5"),
        (2629, "[>=1000]0,;0", "3"),
        (132, "[>=1000]0,;0", "132"),
        (2629, '[>1000]"1";[>100]"2";"3"', "1"),
        (132, '[>1000]"1";[>100]"2";"3"', "2"),
        (54, '[>1000]"1";[>100]"2";"3"', "3"),
        (132, '[=0]0;0"1"', "1321"),
        (132, '[<=100]0;[>100]"100+"', "100+"),
        (2629, '[<1000]0;[>=1000]0,"千"', "3千"),
        (132, "[Red][<>132]0;[Blue]0.0", "132.0"),
        (5, "[>10]0", "###"),
        (5, '"[>10]"0', "[>10]5"),
    ],
)
def test_a_section_with_a_condition_counts_where_it_holds(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (59490887, "0\\.0000", "5949.0887"),
        (59490887, '0"."0000', "5949.0887"),
        (59490887, "0!.0000", "5949.0887"),
        (59490887, "0!.0,", "5949.1"),
        (132, "0\\.0", "13.2"),
        (5, "0\\.00", "0.05"),
        (2629, "0\\,000", "2,629"),
        (132, '#","000', ",132"),
        (132, "0 0", "13 2"),
        (2629, "00-00", "26-29"),
        (202312, '0"年"00"月"', "2023年12月"),
        (1234567.5, "#,##0.00", "1,234,567.50"),
        (12, "0,000", "0,012"),
        (0.5, ".00", ".50"),
        (12345678, "0,.0", "12345.7"),
        (100, 'General"件"', "100件"),
    ],
)
def test_words_among_the_places_part_the_digits(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        ("132", '@"1"', "1321"),
        ("132", '0;@"1"', "1321"),
        (132, '0;@"1"', "132"),
        (-132, '0;@"1"', "-132"),
        (132, '@"1"', "1321"),
        ("132", '0;0;0;"5"', "5"),
        ("132", "0;0", "132"),
    ],
)
def test_the_last_section_is_for_texts_where_it_has_a_place_for_them(
    value: object, number_format: str, text: str
) -> None:
    assert shown(value, number_format) == text


def test_what_a_format_hides_leaves_a_doubt() -> None:
    def edit(sheet: Any) -> None:
        cell_of(sheet).value, cell_of(sheet).number_format = 54, ";;;"

    found = one(edited(edit))
    assert (found["kind"], found["doubts"].split(";")[0]) == ("blank", "hidden")


def test_old_workbooks_say_what_is_struck_hidden_and_formatted() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("主动公开")
    struck = xlwt.easyxf("font: struck_out on")
    for column, text in enumerate(("信息内容", "本年制发件数", "隐", "本年废止件数", "现行有效件数")):
        sheet.write(0, column, text)
    for column, (value, style) in enumerate(
        [("规章", None), (12, struck), (7, None), (1330, xlwt.easyxf(num_format_str="#,##0")), (0.5, None)]
    ):
        sheet.write(1, column, value, style or xlwt.easyxf())
    sheet.col(2).hidden = True
    sheet.write(2, 0, "藏")
    sheet.row(2).hidden = True
    book.add_sheet("旧稿").visibility = 1
    document = read_xls(saved(book))
    (grid,) = document.grids()
    assert [cell.text for cell in grid.cells] == [
        *("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
        *("规章", "", "1,330", "0.5"),
    ]
    assert [cell.doubts for cell in grid.cells if cell.doubts] == [("struck-out",)]
    assert [block.text for block in document.paragraphs()] == ["主动公开"]


@pytest.mark.parametrize(
    ("font", "fill"),
    [
        (Font(color="FFFEFEFE"), PatternFill()),
        (Font(color=Color(indexed=65)), PatternFill()),
        (Font(color=Color(theme=0, tint=-0.0001)), PatternFill()),
        (Font(color=Color(theme=1, tint=1.0)), PatternFill()),
        (Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FFF9F9F9")),
        (Font(color="FFF2F2F2"), PatternFill("solid", fgColor=Color(theme=0, tint=-0.05))),
        (Font(color=Color(theme=1)), PatternFill("solid", fgColor="FF000000")),
        (Font(color=None), PatternFill("solid", fgColor=Color(theme=1))),
        (Font(color="FFFFFFFF"), PatternFill("gray125", fgColor="FFFFFFFF")),
        (Font(color="FFFFFFFF"), GradientFill(stop=("FFFFFF", "FFFFFF"))),
    ],
)
def test_letters_are_hidden_by_any_colour_that_looks_like_their_ground(font: Font, fill: Any) -> None:
    def edit(sheet: Any) -> None:
        cell_of(sheet).value, cell_of(sheet).font, cell_of(sheet).fill = 987654, font, fill

    found = one(edited(edit))
    assert (found["kind"], found["doubts"]) == ("blank", "hidden")


@pytest.mark.parametrize(
    ("font", "fill"),
    [
        (Font(color="FFFFFFFF"), GradientFill(stop=("FFFFFF", "1F4E79"))),
        (Font(color="FFFFFFFF"), PatternFill("solid")),
    ],
    ids=["part of a gradient", "a ground of a colour that is not said"],
)
def test_letters_that_a_ground_may_hide_are_in_doubt(font: Font, fill: Any) -> None:
    def edit(sheet: Any) -> None:
        cell_of(sheet).font, cell_of(sheet).fill = font, fill

    found = one(edited(edit))
    assert (found["value"], found["doubts"]) == (worth(truth(FORM)[PLACE]), "hidden")


@pytest.mark.parametrize(
    ("font", "fill"),
    [
        (Font(color="FFFFFFFF"), PatternFill("solid", fgColor=Color(theme=4))),
        (Font(color="FF808080"), PatternFill()),
        (Font(), PatternFill("gray125")),
        (Font(color="FFFFFFFF"), PatternFill("lightGray", fgColor="FF000000", bgColor="FF000000")),
        (Font(color=Color(theme=4)), PatternFill("solid", fgColor=Color(theme=4, tint=0.8))),
    ],
)
def test_letters_on_another_colour_are_plain(font: Font, fill: Any) -> None:
    def edit(sheet: Any) -> None:
        cell_of(sheet).font, cell_of(sheet).fill = font, fill

    assert wrong(FORM, edited(edit)) == []


def test_the_colours_are_those_of_the_workbook() -> None:
    whole = as_xlsx(FORM, edit=lambda sheet: setattr(cell_of(sheet), "font", Font(color=Color(theme=4))))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    theme = "xl/theme/theme1.xml"
    assert one(report_of(zip_of(parts), "report.xlsx"))["doubts"] == ""
    white = zip_of({**parts, theme: parts[theme].replace(b'"4F81BD"', b'"FFFFFF"')})
    assert one(report_of(white, "report.xlsx"))["doubts"] == "hidden"


@pytest.mark.parametrize(
    ("number_format", "kind"),
    [
        *(("[White]0", "blank"), ("[白色]0", "blank"), ("[Color2]0", "blank"), ("0;0;[White]0", "reported")),
        *(("[Red]0", "reported"), ("[DBNum1]0", "reported"), ("[=0][White]0;0", "reported")),
    ],
)
def test_the_colour_of_a_format_counts_for_its_section(number_format: str, kind: str) -> None:
    def edit(sheet: Any) -> None:
        cell_of(sheet).value, cell_of(sheet).number_format = 54, number_format

    found = one(edited(edit))
    assert (found["kind"], found["doubts"]) == (kind, "hidden" if kind == "blank" else "")


def test_black_in_a_format_is_seen_whatever_colour_the_cell_gives() -> None:
    def edit(sheet: Any) -> None:
        cell_of(sheet).number_format, cell_of(sheet).font = "[Black]0", Font(color="FFFFFFFF")

    assert wrong(FORM, edited(edit)) == []


@pytest.mark.parametrize(
    "aside",
    [InlineFont(vertAlign="subscript"), InlineFont(sz=6), InlineFont(sz=1)],
    ids=["lowered", "small", "of one point"],
)
def test_a_lowered_or_small_digit_beside_a_figure_is_left_out(aside: InlineFont) -> None:
    text = truth(FORM)[PLACE]

    def edit(sheet: Any) -> None:
        cell_of(sheet).value = CellRichText(text, TextBlock(aside, "1"))

    found = one(edited(edit))
    assert found["value"] == worth(text)
    assert found["doubts"] in {"note", "hidden"}


def test_a_figure_all_of_which_is_lowered_or_small_is_plain() -> None:
    def edit(sheet: Any) -> None:
        cell_of(sheet).font = Font(vertAlign="subscript", size=6)

    assert wrong(FORM, edited(edit)) == []


def test_letters_of_one_point_are_not_seen() -> None:
    found = one(edited(lambda sheet: setattr(cell_of(sheet), "font", Font(size=1))))
    assert (found["kind"], found["doubts"]) == ("blank", "hidden")


@pytest.mark.parametrize(
    ("number_format", "value", "doubts"), [(";;;", None, "hidden"), ('0;0;0;@"1"', 541, ""), ("@", 54, "")]
)
def test_text_in_several_fonts_comes_as_its_format_shows_it(
    number_format: str, value: float | None, doubts: str
) -> None:
    def edit(sheet: Any) -> None:
        cell_of(sheet).value = CellRichText(TextBlock(InlineFont(b=True), "5"), "4")
        cell_of(sheet).number_format = number_format

    found = one(edited(edit))
    assert (None if found["kind"] == "blank" else found["value"], found["doubts"]) == (value, doubts)


def old_cell(value: Any, dress: str = "", number_format: str = "General") -> tuple[str, tuple[str, ...]]:
    """A cell of a workbook of before 2007 as it is read."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("主动公开")
    style = xlwt.easyxf(dress, num_format_str=number_format)
    sheet.write(0, 0, "规章")
    if isinstance(value, tuple):
        sheet.write_rich_text(0, 1, [(text, xlwt.easyfont(font)) for text, font in value], style)
    else:
        sheet.write(0, 1, value, style)
    sheet.write(1, 0, "行政许可")
    sheet.write(1, 1, 7)
    (grid,) = read_xls(saved(book)).grids()
    return grid.cells[1].text, grid.cells[1].doubts


@pytest.mark.parametrize(
    ("value", "dress", "number_format", "text", "doubts"),
    [
        (54, "pattern: pattern solid, fore_colour black; font: colour black", "General", "", ("hidden",)),
        (54, "pattern: pattern solid, fore_colour black; font: colour white", "General", "54", ()),
        (54, "font: colour white", "General", "", ("hidden",)),
        (54, "", "[White]0", "", ("hidden",)),
        (54, "font: height 20", "General", "", ("hidden",)),
        (54, "font: name Wingdings", "General", PICTURE, ("picture",)),
        ((("54", ""), ("1", "escapement subscript")), "", "General", "54", ("note",)),
        ((("54", ""), ("1", "height 80")), "", "General", "54", ("note",)),
        ((("9", "colour white"), ("54", "")), "", "General", "54", ("hidden",)),
        ((("5", "bold on"), ("4", "")), "", '0;0;0;@"1"', "541", ()),
        (54, "font: escapement subscript", "General", "54", ()),
        (xlwt.Formula("27*2"), "", "General", PICTURE, ()),
    ],
)
def test_old_workbooks_hide_mark_and_format_as_new_ones_do(
    value: Any, dress: str, number_format: str, text: str, doubts: tuple[str, ...]
) -> None:
    assert old_cell(value, dress, number_format) == (text, doubts)


def test_a_figure_without_room_in_an_old_workbook_is_in_doubt() -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("主动公开")
    for column, text in enumerate(("信息内容", "制发", "废止", "有效")):
        sheet.write(0, column, text)
        sheet.write(1, column, 1330 if column else "规章")
    sheet.col(1).width, sheet.col(2).width = 2 * 256, 9 * 256
    (grid,) = read_xls(saved(book)).grids()
    assert [cell.doubts for cell in grid.cells if cell.text == "1330"] == [("hidden",), (), ()]


def test_merged_cells_are_spans() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["行政复议", None, "行政诉讼"], ["维持", "纠正", None], [1, 2, 3]):
        sheet.append(row)
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("C1:C2")
    (grid,) = read_xlsx(saved(book)).blocks
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.row, cell.col, cell.rowspan, cell.colspan) for cell in grid.cells][:3] == [
        ("行政复议", 0, 0, 1, 2),
        ("行政诉讼", 0, 2, 2, 1),
        ("维持", 1, 0, 1, 1),
    ]
    assert len(grid.cells) == 7


def two_merged(sheet: Any) -> None:
    sheet.merge_cells("A1:D1")


def with_part(name: str, old: bytes, new: bytes, edit: Any = two_merged) -> bytes:
    """A workbook that is edited, and then a text in one of its parts replaced."""
    whole = as_xlsx(FORM, edit=edit)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return zip_of(
            {part: archive.read(part).replace(old, new if part == name else old) for part in archive.namelist()}
        )


def test_broken_empty_and_own_workbooks_say_so() -> None:
    whole = as_xlsx(FORM)
    with pytest.raises(FileUnreadable, match="broken or cut short"):
        read_xlsx(whole[:-300])
    with pytest.raises(FileUnreadable, match="broken or cut short"):
        read_xls(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    with pytest.raises(NothingToRead, match="no text"):
        read_xlsx(saved(openpyxl.Workbook()))
    with pytest.raises(NothingToRead, match="far too large"):
        read_xlsx(with_part(SHEET, b"A1:D1", b"A1:XFD1048576"))
    own = openpyxl.load_workbook(io.BytesIO(whole))
    own.properties.category = "govinfo export"
    with pytest.raises(NotAReport, match="govinfo wrote"):
        read_xlsx(saved(own))
