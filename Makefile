# Every target sets up what it needs first: a virtual environment, uv inside it, the locked dependencies.
# `make help` lists the targets.

SHELL := /bin/sh
VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	&& { echo $$p; break; }; done)
UV := $(BIN)/python -m uv
export RUNTIME__DLTHUB_TELEMETRY := false

.DEFAULT_GOAL := help
.PHONY: help setup demo dev test test-rom soak bench lint format lock cartridge schemas clean

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /|/' | awk -F'|' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(VENV)/.installed  ## make the virtual environment and install the locked dependencies

$(VENV)/.installed: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed: install one (Debian: apt-get install python3) and run make again." >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
		v=$$($(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
		echo "Python's venv module is missing: install the package python$$v-venv (Debian: apt-get install python$$v-venv) and run make again." >&2; exit 2; }
	@echo "Setting up $(VENV) (once; about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(UV) --version >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

demo: setup  ## play the practice cartridge through Dagster into DuckDB and show the milestones
	@$(BIN)/pokemon demo

dev: setup  ## start Dagster's UI on http://127.0.0.1:3000 with history that persists
	@$(BIN)/python -m pokemon_pipeline.concurrency
	@$(BIN)/dagster dev --host 127.0.0.1

test: setup  ## the fast suite with its 100 % line coverage
	@rm -f .coverage .coverage.*
	@$(BIN)/python -m pytest -n 2 --cov --cov-report=term-missing:skip-covered

test-rom: setup  ## live tests against your own cartridge: POKEMON_ROM=path make test-rom
	@$(BIN)/python -m pytest tests/rom

bench: setup  ## measure every budget of the design, each as a ratio within one run
	@$(BIN)/python -m tests.bench.bench

lint: setup  ## ruff, strict types, the import rule
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup  ## format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lock: setup  ## resolve the dependencies again into requirements.lock
	@$(UV) pip compile --quiet pyproject.toml --group dev --universal --generate-hashes --no-emit-index-url --upgrade \
		--custom-compile-command "make lock" --output-file requirements.lock

cartridge: setup  ## rebuild the practice cartridge from its source (needs sdcc)
	@$(BIN)/python cartridge/build.py

clean:  ## remove the virtual environment and caches; data/ stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis cartridge/build .coverage .coverage.*
