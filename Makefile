# Needs Python 3.11 or newer, make and a package index; everything else lands in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
INSTALL := $(PIP) install --quiet --constraint constraints.txt --editable

.PHONY: demo test cover mutate fuzz lint bench lock clean

demo: $(VENV)/installed
	$(BIN)/govreports demo

test: $(VENV)/installed-test
	$(BIN)/python -m pytest -n auto

# Every line and branch of reports/, by whole documents: random ones are left out, so that the figure is always the same.
cover: $(VENV)/installed-test
	$(BIN)/python -m pytest tests/reports --ignore=tests/reports/test_printed_forms.py \
		--cov=govreports.reports --cov-branch --cov-fail-under=100 --cov-report=term-missing:skip-covered

# Changes the code that reads figures in thousands of ways; docs/mutation.md says what came of it. About an hour.
mutate: $(VENV)/installed-mutate
	$(BIN)/mutmut run
	$(BIN)/mutmut results

# Ten million bytes for every reader, led by the branches that they reach: about an hour. One: make fuzz FUZZ=html
FUZZ ?=
fuzz: $(VENV)/installed-fuzz
	$(BIN)/python -m fuzz $(FUZZ)

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/installed-dev
	$(BIN)/python -m benchmarks

# Writes constraints.txt anew from pyproject.toml: the newest releases that it allows.
# The project itself (dev names test by it) is no constraint.
lock: $(VENV)/installed-dev
	$(BIN)/pip-compile --quiet --upgrade --all-extras --strip-extras --allow-unsafe --no-header --no-annotate \
		--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --output-file - pyproject.toml \
		| grep -v '^govreports ' > constraints.new
	mv constraints.new constraints.txt

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis mutants

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "$(PYTHON) is older than 3.11: name a newer one with 'make PYTHON=python3.12 …'." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "$(PYTHON) cannot make a virtual environment: on Debian install python3-venv." >&2; exit 1; }

$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(INSTALL) .
	@touch $@

$(VENV)/installed-test: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(INSTALL) '.[test]'
	@touch $@

$(VENV)/installed-mutate: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(INSTALL) '.[mutate]'
	@touch $@

$(VENV)/installed-fuzz: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(INSTALL) '.[fuzz]'
	@touch $@

$(VENV)/installed-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(INSTALL) '.[dev]'
	@touch $@
