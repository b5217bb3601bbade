# One virtual environment, built from the project's own files, and the project's commands.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	&& echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.built

.PHONY: help setup demo chat test test-slow test-postgresql test-all check soak bench browser clean

help: ## This list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | sort

setup: $(STAMP) ## Build .venv with jixiao in it

$(STAMP): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: sudo apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "This Python cannot build virtual environments: sudo apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(STAMP)

demo: setup ## A ready district in the browser's chat page
	$(BIN)/jixiao demo

chat: setup ## Talk with the bot in this terminal
	@$(BIN)/jixiao chat

check: setup ## Static checks: format, lint, types, import contract
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: setup ## The fast suite
	$(BIN)/pytest -n auto -m 'not slow'

test-slow: setup browser
	$(BIN)/pytest -n auto -m slow

test-postgresql: setup ## The service's fast tests once more, on PostgreSQL
	$(BIN)/pytest -n auto -m 'not slow' --postgresql tests/bot tests/e2e

test-all: test test-slow test-postgresql ## All of that, within 25 minutes

soak: setup ## Ten minutes of processes that die under load, on each database, and an audit
	$(BIN)/python -m tests.soak --database sqlite
	$(BIN)/python -m tests.soak --database postgresql

bench: setup ## Benchmarks with their floor
	$(BIN)/python -m tests.benchmarks

browser: ## Chromium and LibreOffice for the slow tier
	@scripts/browser

clean: ## Remove what was built
	rm -rf $(VENV) var *.egg-info
