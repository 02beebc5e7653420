# Two commands do everything on a fresh Debian 12: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
DEMO := build/demonstration.carnet

.PHONY: help run test setup check lint types rooms pytest bench screenshots screenshots-docs lock clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: setup ## Open the demonstration notebook (with no display: do the main job offscreen and say where it is)
	@installer/run_demo.sh $(BIN) $(DEMO)

test: setup check pytest ## Everything CI runs

setup: $(STAMP) ## Make .venv with the locked dependencies, and the system libraries Qt needs
	@installer/system_libraries.sh $(BIN)/python

$(STAMP): requirements/dev.txt pyproject.toml
	@$(PYTHON) installer/need_python.py
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked dependencies into $(VENV)…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

check: lint types rooms ## Static checks: ruff, mypy strict, the rooms' contracts

lint:
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types:
	@$(BIN)/mypy

rooms:
	@$(BIN)/lint-imports

pytest: ## The test suite (two processes)
	@QT_QPA_PLATFORM=offscreen $(BIN)/pytest -n 2 --dist loadscope

bench: setup ## Speed and memory, each as a ratio to its floor taken in the same run
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

screenshots: setup ## Every screen, light and dark, 1280x720 and 1440x900, into build/screenshots
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.end_to_end.screenshots build/screenshots

screenshots-docs: setup ## The few pictures the README and the guide show, into docs/screenshots
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.end_to_end.screenshots build/screenshots --docs docs/screenshots

lock: ## Resolve the dependencies again (needs uv); hashes, no index address
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11 --extra dev pyproject.toml -o requirements/dev.txt

clean: ## Remove what the targets made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
