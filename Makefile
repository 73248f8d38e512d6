# Needs Python 3.11 or later (with its venv module) and make; everything else goes into .venv.

PYTHON ?= python3
EXTRAS ?= lab,zh,ocr,export,synth,dask,docs,dev
VERSIONS ?= 3.12 3.13
BIN := .venv/bin
INSTALLED := .venv/.installed
NOTEBOOKS := $(wildcard notebooks/*.ipynb notebooks/exercises/*.ipynb notebooks/exercises/solutions/*.ipynb)
EXECUTE := nbconvert --to notebook --execute --inplace --log-level=ERROR \
	--ExecutePreprocessor.record_timing=False --ClearMetadataPreprocessor.enabled=True \
	--ClearMetadataPreprocessor.preserve_nb_metadata_mask=kernelspec
# What a cell prints arrives in one piece or in several, by chance.
JOIN_OUTPUTS := nbconvert --to notebook --inplace --log-level=ERROR --CoalesceStreamsPreprocessor.enabled=True

# Each file of tests by one process, so that what it sets up is made once.
SIDE_BY_SIDE := -n auto --maxprocesses 4 --dist loadfile

export PIP_DISABLE_PIP_VERSION_CHECK = 1
unexport PYTHONPATH PYTHONHOME

.DEFAULT_GOAL := help
.PHONY: help run test lint data notebooks docs accuracy audit mutations hostile fuzz atheris guard pythons painted pdftimes oldest scale constraints clean

help:  ## say what there is to make
	@sed -n 's/^\([a-z]*\):.*## /make \1: /p' Makefile

run: data  ## make .venv, build data/processed from data/raw, show a table and draw a chart, say where to go next
	$(BIN)/govinfo show data/raw/sanquan-2021.txt --table requests
	$(BIN)/govinfo chart outcomes data/processed -o build/outcomes.png
	@echo "The frames are in data/processed, a chart of them is build/outcomes.png."
	@echo "Next: open the notebooks with"
	@echo "    $(BIN)/jupyter lab notebooks"
	@echo "and read your own reports with"
	@echo "    $(BIN)/govinfo build FOLDER -o OUT"

test: lint  ## run all tests, and the notebooks against their stored outputs
	$(BIN)/python -m pytest -rs $(SIDE_BY_SIDE)
	$(BIN)/python -m pytest -q -p no:cacheprovider $(SIDE_BY_SIDE) --nbval --nbval-current-env notebooks

lint: $(INSTALLED)  ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Exit status 1 of "govinfo build" says that some files could not be read; it lists them and writes the rest.
data: $(INSTALLED)  ## build data/processed from data/raw
	$(BIN)/govinfo build data/raw -o data/processed || test $$? -eq 1

notebooks: $(INSTALLED)  ## run the notebooks in place, outputs and counts stored; write the picture of the README
	@mkdir -p build
	@for notebook in $(NOTEBOOKS); do echo "Running $$notebook"; \
		$(BIN)/python -m $(EXECUTE) $$notebook 2>build/notebook.log || { cat build/notebook.log; exit 1; }; done
	$(BIN)/python -m $(JOIN_OUTPUTS) $(NOTEBOOKS)
	$(BIN)/python docs/build.py

docs: $(INSTALLED)  ## write what the documents take from elsewhere, build the reading site into build/site
	$(BIN)/python docs/build.py
	$(BIN)/python docs/gallery.py
	$(BIN)/python docs/evidence.py
	$(BIN)/sphinx-build -W --keep-going -q -b html -c docs -d build/doctrees . build/site
	@echo "Built build/site. Open build/site/index.html."

accuracy: $(INSTALLED)  ## measure how well each layout is read, write docs/accuracy.md
	$(BIN)/python benchmarks/accuracy.py

audit: $(INSTALLED)  ## hold a sample of the data set against the figures read by hand, write data/audit.csv and docs/audit.md
	$(BIN)/python benchmarks/audit.py

mutations: $(INSTALLED)  ## change real reports in one thing each, read them, write docs/reliability.md
	$(BIN)/python benchmarks/mutations.py

hostile: $(INSTALLED)  ## read files made to harm, kill writes, fill disks; write what came out into docs/reliability.md
	$(BIN)/python benchmarks/hostile.py

fuzz: $(INSTALLED)  ## read N changed inputs with every reader (N=200000), in parts (SECONDS=3600, then MORE=more), write what came out into docs/reliability.md
	$(BIN)/python benchmarks/fuzz.py $(or $(ONE),$(or $(N),1000) $(or $(SECONDS),inf) $(if $(MORE),more))

guard: $(INSTALLED)  ## measure what reading in a process with limits costs, write the table of docs/reliability.md
	$(BIN)/python benchmarks/guard.py

atheris: build/atheris/.installed  ## look for inputs that reach other code, for SECONDS (1200), write what came out into docs/reliability.md
	build/atheris/bin/python benchmarks/guided.py $(SECONDS)

painted: $(INSTALLED)  ## paint words that nobody sees over a real report two hundred times, say what became of its cells
	PYTHONPATH=tests $(BIN)/python -m test_painted 200

pdftimes: $(INSTALLED)  ## time the reading of PDF (FILES="a.pdf b.pdf"), write the table of docs/pdf.md
	$(BIN)/python benchmarks/pdf.py $(FILES)

oldest: build/oldest/.installed  ## run the tests with the oldest versions that pyproject.toml allows
	build/oldest/bin/python -m pytest -rs $(SIDE_BY_SIDE)

pythons:  ## run the tests (or TESTS) on Python 3.12 and 3.13 (or VERSIONS), where the machine has them
	.ci/pythons "$(VERSIONS)" "$(EXTRAS)" $(if $(EXTRAS),$(SIDE_BY_SIDE)) $(TESTS)

scale: $(INSTALLED)  ## measure builds and queries at scale, write the table of docs/scale.md
	$(BIN)/python benchmarks/scale.py

constraints: build/fresh/.installed  ## write constraints.txt anew from what a fresh environment resolves to
	build/fresh/bin/python -m pip list --format=freeze | grep -Ev '^(govinfo|pip|setuptools|wheel)==' > constraints.txt

clean:  ## remove .venv and everything that tools left behind; data and notebooks stay
	rm -rf .venv build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache notebooks/.ipynb_checkpoints
	find govinfo tests -name __pycache__ -prune -exec rm -rf {} +

$(INSTALLED): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed; name it with: make PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip' || \
		{ echo "This Python has no venv module; on Debian and Ubuntu: apt-get install python3-venv"; exit 1; }
	@echo "Installing into .venv; the first time this takes some minutes."
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[$(EXTRAS)]"
	@touch $@

build/fresh/.installed: pyproject.toml
	$(PYTHON) -m venv --clear build/fresh
	build/fresh/bin/python -m pip install --quiet --editable ".[$(EXTRAS)]"
	@touch $@

build/atheris/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv --clear build/atheris
	build/atheris/bin/python -m pip install --quiet --constraint constraints.txt --editable ".[synth]" hypothesis atheris
	@touch $@

build/oldest/.installed: pyproject.toml
	$(PYTHON) -m venv --clear build/oldest
	build/oldest/bin/python benchmarks/oldest.py > build/oldest/lowest.txt
	build/oldest/bin/python -m pip install --quiet --constraint build/oldest/lowest.txt \
		--editable ".[zh,ocr,export,synth,dask]" hatchling hypothesis playwright pytest pytest-xdist python-docx xlwt
	@touch $@
