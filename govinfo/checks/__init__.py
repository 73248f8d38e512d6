"""Cells to findings: which sums of the form hold within a report and across years, and what they prove. Never edits."""

from govinfo.checks.findings import (
    FINDINGS,
    Checked,
    Figures,
    check,
    columns_of_cells,
    crossing_of,
    findings_across,
    findings_of,
    reports_in,
    sure_id,
)
from govinfo.checks.proofs import Proof, proofs
from govinfo.checks.prose import RULE as PROSE_RULE

__all__ = [
    "FINDINGS",
    "PROSE_RULE",
    "Checked",
    "Figures",
    "Proof",
    "check",
    "columns_of_cells",
    "crossing_of",
    "findings_across",
    "findings_of",
    "proofs",
    "reports_in",
    "sure_id",
]
