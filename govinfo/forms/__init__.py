"""The statutory forms as data, and their loader: rows, columns, printed labels, identities, rules, doubts.

Goes in: the tables (CSV) of this room. Comes out: frozen objects that are checked when they are loaded.
"""

from govinfo.forms.codebook import codebook, doubts, in_doubt, label_zh, units
from govinfo.forms.form import (
    TABLE_OF_SECTION,
    TABLES,
    Form,
    Row,
    Table,
    column_order,
    columns_of_table,
    forms,
    instead_of,
    row_order,
)
from govinfo.forms.rules import (
    Identity,
    IdentityAcrossYears,
    Rule,
    YearTerm,
    identities,
    identities_across_years,
    rules,
)
from govinfo.forms.vocabulary import (
    Vocabulary,
    counting_heads,
    is_weak,
    number_of,
    numbers_of_rows,
    printed_headings,
    printed_indicators,
    printed_labels,
    section_headings,
    vocabulary,
)

__all__ = [
    "TABLES",
    "TABLE_OF_SECTION",
    "Form",
    "Identity",
    "IdentityAcrossYears",
    "Row",
    "Rule",
    "Table",
    "Vocabulary",
    "YearTerm",
    "codebook",
    "column_order",
    "columns_of_table",
    "counting_heads",
    "doubts",
    "forms",
    "identities",
    "identities_across_years",
    "in_doubt",
    "instead_of",
    "is_weak",
    "label_zh",
    "number_of",
    "numbers_of_rows",
    "printed_headings",
    "printed_indicators",
    "printed_labels",
    "row_order",
    "rules",
    "section_headings",
    "units",
    "vocabulary",
]
