# Everything a person does with this repository. `make` alone lists it.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Many tests start processes: none should have to compile the package again.
export PYTHONDONTWRITEBYTECODE :=
# A file stays with one worker, so that what its tests share is made once.
PYTEST := $(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder
# The hand-written tests in parts of about equal length, a process each: it collects its own files alone, and what a
# folder's tests share is made once. The part `rest` has whatever is in no other, new folders too.
offline_tests := tests/package/offline
openapi_tests := tests/openapi tests/catalog
batch_tests := tests/package/batch
runtime_tests := tests/package/_runtime
python_tests := tests/python tests/verbs
cli_tests := tests/package/cli
documents_tests := tests/documents tests/contracts
NAMED := offline runtime documents batch cli openapi python
PARTS := $(NAMED:%=test-%) test-rest
# These run mypy, too, and use what `make types` has found out.
AFTER := test-openapi test-python test-rest
BEFORE := $(filter-out $(AFTER),$(PARTS))
PART := $(BIN)/python -m pytest -q -p no:cacheprovider
# One job more than cores: some tests wait for processes and servers.
SIDE_BY_SIDE := $(MAKE) --no-print-directory --jobs 3 --output-sync --keep-going

.DEFAULT_GOAL := help
.PHONY: help setup pins demo test generated-tests lint types pyright check unit contract import update compat release regenerate build coverage-of-the-catalog bench bench-batch fuzz soak soak-batch mutants picture clean $(PARTS)

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(VENV)/.ready ## make .venv with everything the project needs

$(VENV)/.ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make PYTHON=python3.11 setup")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-compile -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --no-compile -e .
	@$(BIN)/python -m compileall -q codegen generated/wondergen # as pip compiles what it does not install in place
	@touch $@

pins: setup ## requirements.txt anew from pyproject.toml; versions that still fit stay
	$(BIN)/uv pip compile --quiet --universal --all-extras --group dev --custom-compile-command "make pins" --output-file requirements.txt pyproject.toml

demo: setup ## regenerate in a scratch folder, then make a diagram, an image, a video and a sound offline
	@$(BIN)/python -m tools.demo

test: setup ## everything CI runs: lint, types, check, the generated tests and the hand-written ones, side by side in two stages
	@$(SIDE_BY_SIDE) types generated-tests $(BEFORE) check lint
	@$(SIDE_BY_SIDE) $(AFTER)

$(NAMED:%=test-%): test-%: setup
	$(PART) $($*_tests)

test-rest: setup
	$(PART) tests examples $(foreach name,$(NAMED),$($(name)_tests:%=--ignore=%))

generated-tests: setup ## the generated tests once, in one process
	$(BIN)/python -m pytest -q generated/contract_tests

lint: setup ## ruff: style and format
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .

types: setup ## mypy --strict over everything
	$(BIN)/mypy codegen generated/wondergen generated/contract_tests tools examples tests

pyright: setup ## a second type checker over the generator and the package; needs npx, of Node.js
	npx --yes pyright@1.1.414

check: setup ## nothing committed is stale
	$(BIN)/python -m codegen check

unit: setup ## the hand-written tests
	@$(SIDE_BY_SIDE) $(BEFORE) $(AFTER)

contract: setup ## generated tests of the generated client, on each transport
	for transport in httpx httpx2 default socket; do CONTRACT_TRANSPORT=$$transport $(PYTEST) generated/contract_tests || exit 1; done

import: setup ## SOURCE=PATH: read vendor documents into specs/claims
	@test -n "$(SOURCE)" || { echo "usage: make import SOURCE=path/to/documents" >&2; exit 2; }
	$(BIN)/python -m codegen import $(SOURCE)

update: setup ## SOURCE=PATH [STRICT=1] [FORMAT=markdown]: all steps on new documents, and a report on what is new
	@test -n "$(SOURCE)" || { echo "usage: make update SOURCE=path/to/documents [STRICT=1] [FORMAT=text|markdown|json]" >&2; exit 2; }
	@$(BIN)/python -m codegen update $(SOURCE) $(if $(STRICT),--strict) $(if $(FORMAT),--format $(FORMAT))

compat: setup ## BASE=REVISION: the tests and examples of an older revision against the package; griffe beside diff
	@test -n "$(BASE)" || { echo "usage: make compat BASE=v0.1.0" >&2; exit 2; }
	@$(BIN)/python -m tools.compat $(BASE)

release: setup ## VERSION=1.2.3: check the version, write the changelog, build twice, try the wheel; publishes nothing
	@test -n "$(VERSION)" || { echo "usage: make release VERSION=1.2.3" >&2; exit 2; }
	@$(BIN)/python -m tools.release $(VERSION)

regenerate: setup ## specs/claims → specs/openapi → generated
	$(BIN)/python -m codegen reconcile
	$(BIN)/python -m codegen generate

coverage-of-the-catalog: setup ## which facts of the catalog the generated tests prove, and which they do not
	@$(BIN)/python -m codegen.contracts.coverage

bench: setup ## the offline upstream and a client, side by side with what they stand on; benchmarks/results has the table
	@$(BIN)/python -m tools.benchmarks.offline
	@$(BIN)/python -m tools.benchmarks.client_costs

bench-batch: setup ## 100,000 rows of a batch on SQLite: time a row, memory, store. Takes ten minutes
	PYTHONPATH=generated $(BIN)/python -m tools.benchmarks.batch_costs

fuzz: setup ## schemathesis against the offline upstream, all its phases, 50 examples an operation
	WONDERGEN_FUZZ=50 $(BIN)/python -m pytest -q tests/package/offline/test_schemathesis.py

soak: setup ## 30,000 random schedules of faults: no call is ever billed twice; 110,000 random and changed documents: no traceback
	WONDERGEN_SOAK=5000 $(PYTEST) tests/package/_runtime/submit/test_random_faults.py
	WONDERGEN_SOAK=1 $(BIN)/python -m pytest -q tests/package/_runtime/journal/test_interrupts.py
	WONDERGEN_FUZZ_DOCUMENTS=50000 $(BIN)/python -m pytest -q -n 2 tests/python/test_fuzz.py
	$(BIN)/python -m tools.mutated_documents tests examples specs/openapi --count 10000

soak-batch: setup ## 2,000 rows of a batch, 200 times kill -9, on SQLite and PostgreSQL: no row is billed twice. Takes ten minutes
	WONDERGEN_SOAK_BATCH=1 $(BIN)/python -m pytest -q -s tests/package/batch/test_batch_kill.py

mutants: setup ## wrong versions of client, runtime, catalog, generator: what do tests notice? Hours; a second run resumes
	$(BIN)/python -m tools.mutants.ignored_keywords
	$(BIN)/python -m tools.mutants

picture: setup ## docs/demo.svg, from what `make demo` prints in a terminal
	@$(BIN)/python -m tools.picture docs/demo.svg "make demo" $(BIN)/python -m tools.demo

build: setup ## the wheel, in dist/
	$(BIN)/python -m build --wheel --no-isolation

clean: ## forget the environment and everything built
	rm -rf $(VENV) dist build demo_output .pytest_cache .mypy_cache .ruff_cache .hypothesis
