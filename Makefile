# Two commands on a machine with Python 3.11 or newer and make:
#   make        set up, run the pipeline, show the findings
#   make test   set up, check style and types, test
# Others: make check (the raw tables alone), make verify, make docs, make catalogues, make bench
# (one part of it: make bench PART=duplicates), make mutants, make clean.

# Python writes no bytecode where this is set, and every start of a step would compile anew. It
# compiles of the libraries what is loaded, which is a quarter of them.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
TESTING := .venv/testing
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps

.PHONY: run test check verify bench docs catalogues mutants clean

run: $(READY)
	$(BIN)/snakemake $(if $(ALLOW_UNDECIDED),--config allow_undecided=True)
	@$(BIN)/review-synthesis show
	@$(BIN)/review-synthesis verify

test: $(TESTING)
	$(BIN)/ruff format --check workflow tests docs/make.py
	$(BIN)/ruff check workflow tests docs/make.py
	$(BIN)/snakefmt --check Snakefile workflow/Snakefile workflow/reviews.smk workflow/rules
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder

check verify: $(READY)
	@$(BIN)/review-synthesis $@

bench: $(TESTING)
	$(BIN)/python tests/benchmark/bench.py $(PART) $(if $(N),--reviews $(N))

# The data dictionary, and the parts of README.md and docs that are made from results and rules.
docs: $(READY)
	$(BIN)/python docs/make.py

# What has to be translated, in the catalogue of each language.
catalogues: $(READY)
	$(BIN)/python -m review_synthesis.upkeep.catalogues

# How many made-up faults in the code the tests find; see docs/mutants.md.
mutants: $(TESTING)
	$(BIN)/python tests/mutants/run.py

clean:
	rm -rf .venv .snakemake results/logs

$(READY): requirements.txt pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed; name it with: make PYTHON=python3.12')"
	$(PYTHON) -m venv --clear .venv
	$(INSTALL) --require-hashes -r requirements.txt
	$(INSTALL) --no-build-isolation --editable .
	$(BIN)/python -m compileall -q -j 0 workflow
	touch $@

$(TESTING): $(READY) requirements-test.txt
	$(INSTALL) --require-hashes -r requirements-test.txt
	touch $@
