# Two commands do everything on a fresh Debian 12: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
DEMO := build/demonstration.carnet
.NOTPARALLEL:
COMPILE := uv pip compile --quiet --generate-hashes --no-emit-index-url --no-annotate --no-header --python-version 3.11

.PHONY: help run test setup check lint types rooms pytest bench screenshots screenshots-docs \
	deb windows installers release icons lock clean

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
	@QT_QPA_PLATFORM=offscreen $(BIN)/pytest -n 2 --dist loadscope --color=no

bench: setup ## Speed and memory, each as a ratio to its floor taken in the same run
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

screenshots: setup ## Every screen, light and dark, 1280x720 and 1440x900, into build/screenshots
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.end_to_end.screenshots build/screenshots

screenshots-docs: setup ## The few pictures the README and the guide show, into docs/screenshots
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.end_to_end.screenshots build/screenshots --docs docs/screenshots

deb: setup ## The Debian package, into build/dist
	@$(BIN)/python -m installer linux --build-only

windows: setup ## The Windows setup.exe and .msi, built under Wine, into build/dist
	@$(BIN)/python -m installer windows --build-only

installers: setup ## Every package this machine can build, built and checked; says what it skipped
	@$(BIN)/python -m installer

release: setup ## Everything twice over, compared; with SHA256SUMS and the bills of materials
	@$(BIN)/python -m installer.release

icons: setup ## The icons' pictures again, after a change to their SVG
	@$(BIN)/python -m installer.icons

lock: ## Resolve the dependencies again (needs uv); hashes, no index address
	$(COMPILE) --universal pyproject.toml -o requirements/run.txt
	$(COMPILE) --universal --extra dev -c requirements/run.txt pyproject.toml -o requirements/dev.txt
	$(COMPILE) --python-platform x86_64-unknown-linux-gnu --extra freeze -c requirements/run.txt pyproject.toml -o requirements/freeze.txt
	$(COMPILE) --python-platform x86_64-pc-windows-msvc --extra freeze -c requirements/run.txt pyproject.toml -o requirements/freeze-windows.txt

clean: ## Remove what the targets made
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
