# The commands of this project; each sets up what it needs first.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
BOT_READY := .venv/.ready-bot
PIP := $(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: setup try test test-slow test-all pace bot
.DELETE_ON_ERROR:

setup: $(READY)

define VENV
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo "error: On Record needs Python 3.11 or newer; found $$($(PYTHON) -V). Name one: make PYTHON=python3.12"; exit 1; }
$(PYTHON) -m venv .venv
endef

# Again only when the dependencies change.
$(READY): pyproject.toml constraints.txt
	$(VENV)
	$(PIP) torch
	$(PIP) -e '.[dev]'
	@touch $@

# What answering needs, where nothing is built: no torch.
$(BOT_READY): pyproject.toml constraints.txt
	$(VENV)
	$(PIP) -e '.[bot]'
	@touch $@

examples/index/CURRENT: $(READY) $(wildcard examples/coverage/*)
	$(BIN)/python scripts/build_index.py examples/coverage --index examples/index
	@touch $@

try: examples/index/CURRENT
	@$(BIN)/python scripts/preview.py --index examples/index

# What `make setup` set up serves, too.
bot: $(if $(wildcard $(READY)),$(READY),$(BOT_READY))
	@$(BIN)/python -m bot

# A file's tests stay together, since they share what takes seconds to make.
PYTEST := $(BIN)/pytest --dist loadfile

test: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(PYTEST) -n auto -m 'not slow'

# They wait more than they compute.
test-slow: $(READY)
	$(PYTEST) -n 4 -m slow

test-all: test test-slow

pace: $(READY)
	@$(BIN)/python -m benchmarks.speed.regression_timing
