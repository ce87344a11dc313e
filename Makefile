# What one types here. Everything that is needed is installed into .venv by these commands themselves.

PYTHON ?= python3
RUN := .venv/bin/python
PORT ?= 8080
AT_ONCE ?= 2
N ?= 100000

.PHONY: help demo demo-reset test faults upgrade fuzz bench check docs promise clean

help:
	@echo "make demo        show Samskab running, on http://127.0.0.1:$(PORT)/ (PORT=... for another)"
	@echo "make demo-reset  the same, begun anew"
	@echo "make test        run all tests; brings its own PostgreSQL, RabbitMQ and browser"
	@echo "make faults      break the servers of the post in every way we know (SEEDS=1,2,3); writes docs/reliability-results.md"
	@echo "make fuzz        send N=100000 made-up requests to the whole API (SEED=... for those of another run)"
	@echo "make upgrade     replace the code of the commit before by this, process by process, under load (some minutes)"
	@echo "make check       style, types, the plan of the house, generated files"
	@echo "make docs        write the generated files anew"
	@echo "make promise     at a release: record what partners are promised about events from now on"
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
	$(RUN) -m pytest tests/post -m long

fuzz: .venv/dev
	$(RUN) -m tests.fuzz --inputs $(N) $(if $(SEED),--seed $(SEED))

upgrade: .venv/dev
	$(RUN) -m pytest tests/upgrade -m long -s

check: .venv/dev
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(RUN) -m pytest -q tests/test_plan.py tests/test_lifecycles.py tests/test_generated.py tests/test_compose.py tests/test_promised.py
	@if command -v promtool >/dev/null; then promtool test rules tests/eyes/alerts_test.yml; fi

docs: .venv/dev
	$(RUN) -m tests.generate

promise: .venv/dev
	$(RUN) -m tests.promised

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
