# Every target does all of its set-up from a bare Python >= 3.11 with pip, in .venv, and is quick when repeated.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
# A cold numpy call on every core of a shared machine is slower than on one; results do not depend on it.
export OMP_NUM_THREADS ?= 2
# Containers like to forbid bytecode; then each of the hundred processes of a test run would compile the package anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: app axe screenshots docs test lint format bench soak clean system validators locked lock audit sbom fuzz

$(VENV)/.installed: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "make: Python 3.11 or newer is wanted, none was found; set PYTHON=/path/to/python3"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

# The same releases as constraints.txt, and each file of them by its hash: afterwards `make app` and `make test` use
# what is here. It is a target of its own because hashes refuse every mirror that builds its own wheels.
locked: requirements.lock  ## everything that the two commands install, by hash
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(VENV)/.installed $(VENV)/.installed-dev

# The tools that look at the supply chain get a place apart, by hash as well.
SUPPLY := .venv-supply-chain
$(SUPPLY)/.installed: .ci/supply-chain.lock
	@test -x $(SUPPLY)/bin/python || $(PYTHON) -m venv $(SUPPLY)
	$(SUPPLY)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/supply-chain.lock
	@touch $@

# For all supported versions of Python and all machines; asks the package index.
lock: $(SUPPLY)/.installed  ## write both lock files anew after a change of pyproject.toml or constraints.txt
	echo 'setuptools>=77' | $(SUPPLY)/bin/uv pip compile --quiet pyproject.toml - --extra dev -c constraints.txt \
		--generate-hashes --universal --python-version 3.11 --no-annotate --no-header -o requirements.lock
	$(SUPPLY)/bin/uv pip compile --quiet .ci/supply-chain.in --generate-hashes --universal --python-version 3.11 \
		--no-annotate --no-header -o .ci/supply-chain.lock

audit: $(SUPPLY)/.installed $(VENV)/.installed-dev  ## known vulnerabilities (asks osv.dev) and licences
	@mkdir -p build
	$(SUPPLY)/bin/pip-licenses --python $(BIN)/python --format=markdown --with-urls --order=license \
		--output-file=build/licences.md
	@$(SUPPLY)/bin/pip-audit --disable-pip --require-hashes -r requirements.lock --vulnerability-service osv \
		2>build/audit.log || { tail -n 3 build/audit.log | cut -c -300; \
		echo "make: advisories were found (listed above), or osv.dev was not reached; all of it: build/audit.log"; exit 1; }

sbom: $(SUPPLY)/.installed $(VENV)/.installed  ## what is installed, as CycloneDX, in build/sbom.cdx.json
	@mkdir -p build
	$(SUPPLY)/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --validate \
		--of JSON -o build/sbom.cdx.json $(BIN)/python

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

# A server that speaks S3, for a test of `make soak`: its libraries ask for releases that ours do not go with.
S3 := .venv-s3
$(S3)/.installed: $(VENV)/.installed-dev
	@test -x $(S3)/bin/python || $(PYTHON) -m venv $(S3)
	$(S3)/bin/python -m pip install --quiet --disable-pip-version-check 'moto[server]==5.2.5'
	@touch $@

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

soak: $(VENV)/.installed-dev system $(S3)/.installed  ## long kills, load and fuzzing
	$(BIN)/pytest -m soak --timeout 3600
	$(BIN)/pytest -m "not soak and not browser" -k "properties or invariance or axioms" --hypothesis-profile soak --timeout 3600

TARGET ?= all
MINUTES ?= 1
fuzz: $(VENV)/.installed-dev  ## TARGET (segmentation, references, parameters, an importer, permalinks, all) for MINUTES of processor time each
	$(BIN)/python tests/fuzz/run_fuzz.py $(TARGET) $(MINUTES)

clean:
	rm -rf $(VENV) $(VALIDATORS) $(S3) $(SUPPLY) .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
