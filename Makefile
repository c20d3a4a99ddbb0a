# Two commands on a machine with Python 3.11 or newer and make:
#   make        set up, run the pipeline, show the findings
#   make test   set up, check style and types, test
# Others: make check (the raw tables alone), make verify, make docs, make catalogues, make bench,
# make clean.

# Python writes no bytecode where this is set, and every start of a step would compile anew.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
# In a fresh clone nothing is taken on trust: the first run makes every result anew.
FIRST_RUN = $(if $(wildcard .snakemake),,--forceall)

.PHONY: run test check verify bench docs catalogues clean

run: $(READY)
	$(BIN)/snakemake $(FIRST_RUN) $(if $(ALLOW_UNDECIDED),--config allow_undecided=True)
	@$(BIN)/review-synthesis show

test: $(READY)
	$(BIN)/ruff format --check workflow tests
	$(BIN)/ruff check workflow tests
	$(BIN)/snakefmt --check Snakefile workflow/rules
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

check verify: $(READY)
	@$(BIN)/review-synthesis $@

bench: $(READY)
	$(BIN)/python tests/benchmark/bench.py

# The data dictionary, and the parts of README.md that are made from results and rules.
docs: $(READY)
	$(BIN)/python -m review_synthesis.pages

# What has to be translated, in the catalogue of each language.
catalogues: $(READY)
	$(BIN)/python -m review_synthesis.catalogues

clean:
	rm -rf .venv .snakemake

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed; name it with: make PYTHON=python3.12')"
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q -j 0 .venv workflow
	touch $@
