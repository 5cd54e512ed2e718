# Wegwijzer's commands. `make` alone lists them; each makes its own environment from uv.lock first.
# Settings: PORT, HOST, DATA (folder of the local database), FLOWS (folder of the flow files), PYTHON.

PORT ?= 8000
HOST ?= 127.0.0.1
DATA ?= .wegwijzer
FLOWS ?= flows
MINUTES ?= 10
SEED ?= 1
KILLS ?= 40
EXAMPLES ?= 50
LIVES ?= 500
WORKERS ?= auto
BIN := .venv/bin
LOCK := uv.lock pyproject.toml .ci/bootstrap

.DEFAULT_GOAL := help
.PHONY: help run test check static fmt fuzz bench chaos contract lives new evidence

help: ## list these commands
	@echo "make COMMAND, where COMMAND is one of:"
	@sed -n 's/^\([a-z][a-z-]*\):[^#]*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name says; do printf '%-12s %s\n' "$$name" "$$says"; done

run: .venv/stamp-run ## start Wegwijzer here with the example flows (PORT=8000 DATA=.wegwijzer)
	@exec $(BIN)/wegwijzer serve --host "$(HOST)" --port "$(PORT)" --data "$(DATA)" --flows "$(FLOWS)"

test: static ## everything that must hold: the checks, then all tests (WORKERS=auto; 0 runs them one after another)
	@sh .ci/machine
	@$(BIN)/python -m pytest -n "$(WORKERS)" --maxprocesses 4

check: static ## style, types, import contracts, sizes, names, docs and the Dockerfile
	@$(BIN)/python -m pytest -q tests/architecture

static: .venv/stamp-dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/hadolint Dockerfile

fuzz: .venv/stamp-dev ## look for crashes, hangs and memory in the decision language (MINUTES=10 SEED=1)
	@$(BIN)/python -m tests.fuzz.fuzz_feel --minutes "$(MINUTES)" --seed "$(SEED)"

new: .venv/stamp-run ## start a flow from the citizen's question (SLUG=verhuizing-doorgeven)
	@$(BIN)/wegwijzer new "$(SLUG)" --flows "$(FLOWS)"

evidence: .venv/stamp-run ## record how far each flow is, on evidence bound to its content (FLOWS=flows)
	@$(BIN)/wegwijzer stand --record --flows "$(FLOWS)"

bench: .venv/stamp-bench ## measure against the peers and write docs/benchmarks.md (ONLY="decisions analysis")
	@$(BIN)/python -m tests.bench $(ONLY)

chaos: .venv/stamp-dev ## kill servers and PostgreSQL under load and count what is lost: nothing (KILLS=40 SEED=1)
	@sh .ci/machine
	@$(BIN)/python -m tests.chaos --kills "$(KILLS)" --seed "$(SEED)"

contract: .venv/stamp-dev ## fuzz the API by its own OpenAPI document with schemathesis (EXAMPLES=50 SEED=1)
	@$(BIN)/python -m tests.contract --examples "$(EXAMPLES)" --seed "$(SEED)"

lives: .venv/stamp-dev ## random lives of every example flow: replay, restore, order, channel, nothing asked twice (LIVES=500)
	@WEGWIJZER_LIVES="$(LIVES)" $(BIN)/python -m pytest -q tests/journeys/test_random_lives.py

fmt: .venv/stamp-dev ## lay out the Python code and the example flows
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .
	@$(BIN)/wegwijzer fmt $(dir $(wildcard flows/*/flow.yaml flows/*/versions/*/flow.yaml))

.venv/stamp-run: $(LOCK)
	@PYTHON="$(PYTHON)" sh .ci/bootstrap run

.venv/stamp-dev: $(LOCK)
	@PYTHON="$(PYTHON)" sh .ci/bootstrap dev

.venv/stamp-bench: $(LOCK)
	@PYTHON="$(PYTHON)" sh .ci/bootstrap bench
