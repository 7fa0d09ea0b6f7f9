# `make run` and `make test` need nothing but git, make and Python 3.11 or newer.

VENV := .venv
PYTHON := $(VENV)/bin/python
SETUP := packaging/setup
SOURCES := $(shell find gui -name '*.py')
ARGS ?=
# Most tests with engines wait for them: three at a time keep two cores busy.
SPREAD := -n 3 --dist loadfile

.PHONY: run test check package bench test-engines test-faults clean

run: $(VENV)/installed $(VENV)/compiled
	@$(SETUP)/check-system run $(VENV)
	@$(PYTHON) -m layerhold $(ARGS)

test: check
	@$(SETUP)/check-system test $(VENV)
	@$(PYTHON) -m pytest $(SPREAD) $(ARGS)

check: $(VENV)/installed-dev
	@$(SETUP)/run-checks $(VENV)/bin

bench: $(VENV)/installed-dev $(VENV)/compiled
	@$(SETUP)/check-system test $(VENV)
	@$(PYTHON) tests/bench $(ARGS)

# The long forms of the suites that `make test` samples.
test-engines: $(VENV)/installed-dev
	@$(SETUP)/check-system test $(VENV)
	@$(PYTHON) -m pytest -m 'thorough and not faults' $(ARGS)

test-faults: $(VENV)/installed-dev
	@$(SETUP)/check-system test $(VENV)
	@$(PYTHON) -m pytest -m 'thorough and faults' $(ARGS)

package: $(VENV)/installed-dev
	@$(SETUP)/build-wheel $(PYTHON) build

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/installed: pyproject.toml
	@$(SETUP)/make-venv $(VENV) .
	@touch $@

$(VENV)/installed-dev: pyproject.toml
	@$(SETUP)/make-venv $(VENV) '.[dev]'
	@touch $@ $(VENV)/installed

# Where PYTHONDONTWRITEBYTECODE is set, every start would compile everything again.
$(VENV)/compiled: $(SOURCES) $(VENV)/installed
	@$(PYTHON) -m compileall -q gui
	@touch $@
