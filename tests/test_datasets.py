from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from by_hand import figures_by_hand, figures_read

from govinfo import UsageError, codebook, datasets, schemas
from govinfo.corpus import FRAMES

ROOT = Path(__file__).resolve().parents[1]
BY_HAND = ROOT / "tests" / "data" / "truth"
LOADERS = {
    "cells": datasets.load_cells,
    "reports": datasets.load_reports,
    "findings": datasets.load_findings,
    "sections": datasets.load_sections,
    "statements": datasets.load_statements,
    "requests_wide": datasets.load_requests_wide,
}


def equals_by_hand(cells: pd.DataFrame, folder: Path) -> int:
    """Compares a data set with the figures read by hand, cell for cell where both have one; how many were compared."""
    compared = 0
    for source, mine in cells.groupby("source"):
        found = figures_read(mine)
        for key, want in figures_by_hand(folder / f"{Path(str(source)).stem}.csv").items():
            if key in found:
                assert found[key][0] == (None if want is None else pytest.approx(want)), (source, key)
                compared += 1
    return compared


def test_the_data_set_is_what_the_pages_print() -> None:
    assert equals_by_hand(datasets.load_cells(), BY_HAND) > 2300


def test_the_data_set_is_what_the_whole_pages_print(shared: Path) -> None:
    assert equals_by_hand(datasets.load_cells(), shared / "truth") > 2300


@pytest.mark.parametrize("frame", LOADERS)
def test_shipped_frames_keep_to_their_schemas(frame: str) -> None:
    data = LOADERS[frame]()
    assert len(schemas.validate(data, frame)) == len(data) > 0
    assert f"{data.shape[1]} columns" in (LOADERS[frame].__doc__ or "")


def test_every_column_is_in_the_data_dictionary_and_the_docstring() -> None:
    for frame, load in LOADERS.items():
        dictionary = datasets.describe(frame)
        assert dictionary["column"].tolist() == load().columns.tolist()
        assert (dictionary["meaning"] != "").all()
        assert all(f"    - {column} (" in (load.__doc__ or "") for column in dictionary["column"])
    assert datasets.describe("problems")["column"].tolist() == list(FRAMES["problems"])
    with pytest.raises(UsageError, match="Near: cells"):
        datasets.describe("cell")


@pytest.mark.parametrize(
    ("column", "value"),
    [("kind", "zero"), ("doubts", "odd"), ("year", 21), ("form", "1999"), ("table", "litigation")],
)
def test_schemas_refuse_what_is_not_allowed(column: str, value: object) -> None:
    cells = datasets.load_cells().head(3).assign(**{column: value}).astype(FRAMES["cells"])
    with pytest.raises(Exception, match=column):
        schemas.validate(cells, "cells")


def test_schemas_refuse_a_zero_put_for_a_blank() -> None:
    cells = datasets.load_cells()
    with pytest.raises(Exception, match="without kind reported"):
        schemas.validate(cells.assign(value=cells["value"].fillna(0)), "cells")


def test_the_teaching_table_adds_up_what_the_pages_print() -> None:
    wide = datasets.load_requests_wide().set_index(["agency", "year"])
    assert wide.index.is_unique
    figures = ["requests_new", "granted", "partly_granted", "refused", "unable", "not_processed", "other"]
    # pingtan-2023.csv, column total: 81; 22; 20; 1+1+2+1; 28+1+2; 1; 2
    assert wide.loc[("平潭综合实验区", 2023), figures].tolist() == [81, 22, 20, 5, 31, 1, 2]
    # pingtan-2023.csv: litigation_direct 3, litigation_after 4
    assert wide.loc[("平潭综合实验区", 2023), ["reconsiderations", "lawsuits"]].tolist() == [2, 7]
    # The 2019 form has one row of other outcomes.
    assert wide.loc[("平潭综合实验区", 2019), "other"] == 0
    assert pd.isna(wide.loc[("汾阳市", 2021), "reconsiderations"]), "a blank is not 0"


def test_the_teaching_table_has_no_rows_for_statistics_tables() -> None:
    assert datasets.load_requests_wide()["year"].min() == 2019


def test_the_codebook_comes_with_the_data() -> None:
    cells = datasets.load_cells()
    mine = cells[cells["table"] != "statistics"][["form", "table", "row", "column"]].drop_duplicates()
    known = set(codebook()[["form", "table", "row", "column"]].itertuples(index=False, name=None))
    assert set(mine.itertuples(index=False, name=None)) <= known


def test_the_wheel_holds_the_data_set(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    code = (
        "import govinfo; print(govinfo.__file__, len(govinfo.datasets.load_cells()), govinfo.datasets.SHIPPED.is_dir())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "installed"), "PYTHONUTF8": "1", "PATH": ""},
        check=True,
        capture_output=True,
        text=True,
    )
    where, cells, shipped = done.stdout.split()
    assert Path(where).is_relative_to(tmp_path)
    assert (int(cells), shipped) == (len(datasets.load_cells()), "True")
