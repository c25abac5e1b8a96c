# Two commands do all: `make demo` shows the main job, `make test` passes the tests.
# Each sets up what it needs in .venv; `make check` is what a change has to pass.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test check lint format types contracts messages bench docs life clean

help:
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST)

$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $@

demo: $(VENV)/ready ## set up, make the sample store in ./demo and show the main job
	@$(BIN)/crm demo demo

test: $(VENV)/ready-dev ## set up and run all tests
	$(BIN)/python -m pytest --numprocesses=auto

check: lint types contracts test ## everything a change has to pass

lint: $(VENV)/ready-dev ## formatting and lint
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/ready-dev ## mypy, strict
	$(BIN)/mypy

contracts: $(VENV)/ready-dev ## which room may import which
	$(BIN)/lint-imports

format: $(VENV)/ready-dev ## put the code into shape
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

messages: $(VENV)/ready-dev ## compile the German texts
	$(BIN)/python tools/messages.py compile

docs: $(VENV)/ready-dev ## write the generated pages and pictures anew
	$(BIN)/python tools/reference.py
	$(BIN)/python tools/gallery.py
	$(BIN)/python tools/manual.py
	$(BIN)/python tools/pictures.py

bench: $(VENV)/ready-dev ## time whole processes on stores of 1,000, 10,000 and 100,000 customers
	$(BIN)/python -m bench

life: $(VENV)/ready-dev ## let a firm live for 2,000 steps by chance: make life SEED=1
	$(BIN)/python -m tests.lives --seed $(or $(SEED),1) --steps $(or $(STEPS),2000)

clean: ## remove what was set up
	rm -rf $(VENV) demo build dist
