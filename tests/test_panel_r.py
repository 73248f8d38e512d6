"""The panel in R itself, with haven: labels, Chinese and reasons as a user of R finds them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from govinfo import datasets, panel
from govinfo.export import export

READ = """
options(warn = 1)
if (!requireNamespace("haven", quietly = TRUE)) quit(status = 77)
library(haven)
panel <- read_dta(commandArgs(TRUE)[1])
cat(nrow(panel), ncol(panel), "\\n")
cat(attr(panel$req_new, "label"), "\\n")
cat(panel$agency[1], "\\n")
cat(levels(as_factor(panel$level))[4], "\\n")
cat(sum(is.na(panel$refusal_rate)), table(na_tag(panel$refusal_rate)), "\\n")
panel$log_new <- log1p(panel$req_new)
fitted <- lm(refusal_rate ~ log_new + factor(form), data = panel)
cat(nobs(fitted), "\\n")
"""


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed: apt-get install r-base-core r-cran-haven")
def test_r_reads_the_panel(tmp_path: Path) -> None:
    corpus = datasets.load_corpus()
    path = export(corpus, tmp_path / "panel.dta")
    (tmp_path / "read.R").write_text(READ, encoding="utf-8")
    done = subprocess.run(
        ["Rscript", "--vanilla", str(tmp_path / "read.R"), str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        check=False,
    )
    if done.returncode == 77:
        pytest.skip("haven is not installed: apt-get install r-cran-haven")
    assert done.returncode == 0, done.stderr
    frame = panel(corpus)
    size, label, agency, level, missing, fitted = (line.strip() for line in done.stdout.splitlines()[:6])
    assert size == f"{len(frame)} {len([name for name in frame if not name.startswith('why_')])}"
    assert label == "Requests newly received 本年新收申请 (件)"
    assert agency == frame["agency"].iloc[0]
    assert level == "county 县级"
    counts = frame["why_refusal_rate"].value_counts().reindex(["blank", "not_in_form", "nothing_to_divide"])
    assert missing.split() == [str(frame["refusal_rate"].isna().sum()), *map(str, counts)]
    assert fitted == str(frame["refusal_rate"].notna().sum())
