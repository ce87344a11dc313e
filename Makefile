# What one types here. Everything that is needed is installed into .venv by these commands themselves.

PYTHON ?= python3
RUN := .venv/bin/python
PORT ?= 8080
AT_ONCE ?= 2

.PHONY: help demo demo-reset test faults bench check docs clean

help:
	@echo "make demo        show Samskab running, on http://127.0.0.1:$(PORT)/ (PORT=... for another)"
	@echo "make demo-reset  the same, begun anew"
	@echo "make test        run all tests; brings its own PostgreSQL, RabbitMQ and browser"
	@echo "make faults      break the servers of the post in every way we know (SEEDS=1,2,3); writes docs/reliability-results.md"
	@echo "make check       style, types, the plan of the house, generated files"
	@echo "make docs        write the generated files anew"
	@echo "make bench       how fast requests and the post are, beside the cheapest programs that do the same (about twenty minutes)"

demo: .venv/run
	@$(RUN) -m deploy.embedded --port $(PORT)

demo-reset: .venv/run
	@$(RUN) -m deploy.embedded --port $(PORT) --reset

test: .venv/dev
	$(RUN) -m pytest --ignore tests/faults $(if $(TEST_AMQP_URL),,-n $(AT_ONCE) --dist loadfile)
	$(RUN) -m pytest tests/faults

faults: .venv/dev
	$(RUN) -m pytest tests/faults -m "" --results docs/reliability-results.md

check: .venv/dev
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) -m pytest -q tests/test_plan.py tests/test_lifecycles.py tests/test_generated.py

docs: .venv/dev
	$(RUN) -m tests.generate

bench: .venv/dev
	$(RUN) -m bench

clean:
	rm -rf .venv .data

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Samskab needs Python 3.11 or newer (PYTHON=... names another one)."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Samskab needs venv: on Debian, apt install python3-venv."; rm -rf .venv; exit 1; }

.venv/run: requirements.txt | .venv/bin/python
	@echo "Installing what Samskab runs on (once; about a minute) ..."
	@$(RUN) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt .venv/run | .venv/bin/python
	@echo "Installing what the tests need (once; about a minute) ..."
	@$(RUN) -m pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
