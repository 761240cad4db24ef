# The commands of this project; each sets up what it needs first.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: setup try test pace bot
.DELETE_ON_ERROR:

setup: $(READY)

# Again only when the dependencies change.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "error: On Record needs Python 3.11 or newer; found $$($(PYTHON) -V). Name one: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt torch
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(READY)

examples/index/CURRENT: $(READY) $(wildcard examples/coverage/*)
	$(BIN)/python scripts/build_index.py examples/coverage --index examples/index
	@touch $@

try: examples/index/CURRENT
	@$(BIN)/python scripts/preview.py --index examples/index

bot: $(READY)
	@$(BIN)/python -m bot

test: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest

pace: $(READY)
	@$(BIN)/python scripts/pace.py
