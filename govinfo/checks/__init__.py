"""Cells to findings: which sums of the form hold within a report and across years, and what they prove. Never edits."""

from govinfo.checks.findings import FINDINGS, check, columns_of_cells, reports_in, sure_id
from govinfo.checks.proofs import Proof, proofs

__all__ = ["FINDINGS", "Proof", "check", "columns_of_cells", "proofs", "reports_in", "sure_id"]
