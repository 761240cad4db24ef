# The commands of this project; each sets up what it needs first.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
BOT_READY := .venv/.bot-ready
INSTALL = $(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt
CHECK_PYTHON = $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo "error: On Record needs Python 3.11 or newer; found $$($(PYTHON) -V). Name one: make PYTHON=python3.12"; exit 1; }

.PHONY: setup try test pace bot
.DELETE_ON_ERROR:

setup: $(READY)

# Again only when the dependencies change.
$(READY): pyproject.toml constraints.txt
	@$(CHECK_PYTHON)
	$(PYTHON) -m venv .venv
	$(INSTALL) torch
	$(INSTALL) -e '.[dev]'
	@touch $(READY)

# The bot alone needs a fifth of that.
$(BOT_READY): pyproject.toml constraints.txt
	@$(CHECK_PYTHON)
	$(PYTHON) -m venv .venv
	$(INSTALL) -e '.[bot]'
	@touch $(BOT_READY)

examples/index/CURRENT: $(READY) $(wildcard examples/coverage/*)
	$(BIN)/python scripts/build_index.py examples/coverage --index examples/index
	@touch $@

try: examples/index/CURRENT
	@$(BIN)/python scripts/preview.py --index examples/index

bot: $(if $(wildcard $(READY)),$(READY),$(BOT_READY))
	@$(BIN)/python -m bot

test: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

pace: $(READY)
	@$(BIN)/python scripts/pace.py
