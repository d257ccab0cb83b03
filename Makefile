# `make run` and `make test` set up everything they need; `make help` lists the rest.

ARGS ?=
PYTHON_IN_VENV := .venv/bin/python
# Folders that are checked when they are there.
CODE := backtimer $(wildcard tests benchmarks scripts/*.py)
# No screen and no window in front is needed, so they may use every core.
UNIT_TESTS := QT_QPA_PLATFORM=offscreen scripts/desktop $(PYTHON_IN_VENV) -m pytest \
	--ignore=tests/system --dist=worksteal
# Many of them wait, for a daemon, a device or a server.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)
# These cover the rules whole. The others run without being measured, which takes half the time.
COVERING := tests/domain tests/services tests/desk
# Each worker on a desktop of its own, as only one window can be in front.
SYSTEM_TESTS := $(PYTHON_IN_VENV) -m pytest tests/system --dist=worksteal \
	--tx="$(shell getconf _NPROCESSORS_ONLN)*popen//python=scripts/desktop $(PYTHON_IN_VENV)"

.PHONY: help run test check format lock bench soak screenshots clean setup-run setup-dev

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-13s %s\n", $$1, $$2 }' Makefile

run: setup-run ## start the program; make run ARGS="--speed 600" passes arguments
	@$(PYTHON_IN_VENV) -m backtimer $(ARGS)

test: check ## everything that has to be green: checks, tests, coverage, the real program
	$(UNIT_TESTS) $(COVERING) --numprocesses=$(WORKERS) -m "not scaled" --cov --cov-report=
	$(PYTHON_IN_VENV) -m coverage report --fail-under=100 \
		--include='backtimer/domain/*,backtimer/services/*'
	$(UNIT_TESTS) $(COVERING:%=--ignore=%) --numprocesses=$(WORKERS) -m "not scaled"
	$(UNIT_TESTS) --numprocesses=logical -m scaled
	$(SYSTEM_TESTS)

check: setup-dev ## style, types and the borders between the packages
	$(PYTHON_IN_VENV) -m ruff check .
	$(PYTHON_IN_VENV) -m ruff format --check .
	$(PYTHON_IN_VENV) -m mypy $(CODE)
	.venv/bin/lint-imports --no-logo

format: setup-dev ## format the code and mend what ruff can mend
	$(PYTHON_IN_VENV) -m ruff format .
	$(PYTHON_IN_VENV) -m ruff check --fix .

lock: setup-dev ## pin the packages again; UPGRADE=1 takes newer ones
	scripts/lock

bench: setup-dev ## compare with the smallest PySide6 program
	scripts/desktop $(PYTHON_IN_VENV) -m benchmarks $(ARGS)

soak: setup-dev ## hours: what can be tried at any size, and an hour of use; SOAK_MINUTES=60
	BACKTIMER_SOAK=1 scripts/desktop $(PYTHON_IN_VENV) -m pytest -m 'scaled or soak' \
		--timeout=0 -rs $(ARGS)

screenshots: setup-dev ## take the README's pictures from the real program
	scripts/desktop $(PYTHON_IN_VENV) scripts/screenshots.py $(ARGS)

clean: ## remove what these targets made, the virtual environment too
	rm -rf .venv .setup.lock build dist htmlcov .coverage .hypothesis .import_linter_cache \
		.mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup-run:
	@scripts/setup run

setup-dev:
	@scripts/setup dev
