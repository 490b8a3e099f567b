# Every target does all of its set-up from a bare Python >= 3.11 with pip, in .venv, and is quick when repeated.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
# A cold numpy call on every core of a shared machine is slower than on one; results do not depend on it.
export OMP_NUM_THREADS ?= 2

.PHONY: app axe screenshots docs test lint format bench soak clean system validators

$(VENV)/.installed: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "make: Python 3.11 or newer is wanted, none was found; set PYTHON=/path/to/python3"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

# Chromium drives the browser tests, Tesseract the OCR tests, PostgreSQL the workspace, LibreOffice opens a workbook;
# without them those tests skip and say how to install.
system:
	@sh .ci/system-packages.sh

# The libraries that the exchange formats come from bring ninety packages and a pytest plugin: they get a place apart.
VALIDATORS := .venv-validators
$(VALIDATORS)/.installed: $(VENV)/.installed-dev
	@test -x $(VALIDATORS)/bin/python || $(PYTHON) -m venv $(VALIDATORS)
	$(VALIDATORS)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt 'compliance-trestle==5.2.0' 'sssom==0.4.21'
	@touch $@

validators: $(VALIDATORS)/.installed  ## the foreign validators that the tests of exchange formats run

app: $(VENV)/.installed  ## serve the app on the sample corpus
	$(BIN)/fragcheck app

screenshots: $(VENV)/.installed-dev system  ## every page in both themes, wide and narrow, in build/screenshots
	$(BIN)/python docs/build_screenshots.py

lint: $(VENV)/.installed-dev  ## ruff, mypy --strict, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

axe: $(VENV)/.installed-dev  ## axe-core, which checks the pages' accessibility in a browser test
	@$(BIN)/python .ci/fetch_axe.py

test: $(VENV)/.installed-dev system axe validators lint  ## everything that CI runs
	$(BIN)/pytest -n 2 --dist loadgroup -m "not soak" --durations=25 --cov --cov-report=term:skip-covered --cov-fail-under=88

docs: $(VENV)/.installed-dev  ## the reference page of the command line, the JSON Schema of results
	$(BIN)/python docs/build_cli.py
	$(BIN)/python docs/build_schema.py

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.installed-dev  ## speed and quality figures, beside the last committed run
	$(BIN)/python benchmarks/run.py

soak: $(VENV)/.installed-dev system  ## long kills, load and fuzzing
	$(BIN)/pytest -m soak --timeout 3600
	$(BIN)/pytest -m "not soak and not browser" -k "properties or invariance or axioms" --hypothesis-profile soak --timeout 3600

clean:
	rm -rf $(VENV) $(VALIDATORS) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
