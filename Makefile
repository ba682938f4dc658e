# Every chore of a developer, one or two lines each. `make` alone prints them.
PY := .venv/bin/python
export PYTHONPATH := src:.
export DJANGO_SETTINGS_MODULE := countermark.config.settings
TEMPLATES = $(shell git ls-files 'src/countermark/web/templates/*.html')

help: ## print this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## make the environment and the hook that runs before each commit
	./countermark setup && printf '#!/bin/sh\nexec make -s pre-commit\n' > .git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
lock: ## resolve requirements/*.txt anew (needs uv)
	uv pip compile -q --universal --generate-hashes --python-version 3.11 pyproject.toml -o requirements/base.txt
	uv pip compile -q --universal --generate-hashes --python-version 3.11 pyproject.toml --group dev -o requirements/dev.txt
demo: ## two synthetic nodes on loopback
	./countermark demo
run: ## one node, development settings
	COUNTERMARK_DEBUG=1 $(PY) -m countermark.cli migrate && COUNTERMARK_DEBUG=1 $(PY) -m countermark.cli serve
fmt: ## format everything
	.venv/bin/ruff format . && .venv/bin/ruff check --fix . && .venv/bin/djade --target-version 5.2 $(TEMPLATES)
lint: ## formatting and mistakes
	.venv/bin/ruff format --check . && .venv/bin/ruff check .
	.venv/bin/djade --check --target-version 5.2 $(TEMPLATES) && .venv/bin/djlint --lint --quiet $(TEMPLATES)
types: ## mypy --strict
	.venv/bin/mypy -p countermark
contracts: ## who may import whom
	.venv/bin/lint-imports
law: ## validate law/, run its examples
	$(PY) -m pytest -q tests/law tests/lawbook
generated: ## make every generated file anew; CI then compares
	$(PY) -m tools.generate
migrations: ## no model without its migration
	$(PY) -m countermark.cli makemigrations --check --dry-run
messages: ## new sentences into the catalogues; prints what lacks a translation
	$(PY) -m tools.messages
test: ## everything that needs no second process
	./countermark test
test-fast: ## pure code, law, architecture: before each commit
	./countermark test --fast
test-slow: ## real browsers, two nodes, faults
	./countermark test --slow
props: ## properties with many examples
	HYPOTHESIS_PROFILE=props $(PY) -m pytest -q tests -k properties
docs: ## strict build of the documentation
	.venv/bin/mkdocs build --strict --quiet
docs-serve: ## the documentation, live
	.venv/bin/mkdocs serve
bench-text: ## Countermark and its peers side by side, into bench/RESULTS.md; QUICK=--quick in 4 minutes
	$(PY) -m bench.text $(QUICK)
train: ## learn the model of the screener anew (15 minutes); CHECK=--check compares only
	$(PY) -m bench.train $(CHECK)
profile: ## where the time of a screening run goes
	$(PY) -m bench.stages
check: lint types contracts migrations docs ## all that reads without running
pre-commit: lint contracts test-fast
.PHONY: help setup lock demo run fmt lint types contracts law generated migrations messages test test-fast test-slow props docs docs-serve bench-text train profile check pre-commit
