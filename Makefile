# Everything is made from here: `make demo` and `make test` are the two commands of the README.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PREFECT := .envs/prefect
AIRFLOW2 := .envs/airflow2
AIRFLOW3 := .envs/airflow3

.PHONY: demo test lint unit samples cases docs mutants bench bench-flowlight bench-daglight envs prefect-env airflow-envs python-envs
.PHONY: corpus flow-differential airflow-differential airflow-record airflow-examples clean

$(VENV)/.ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

# Real Prefect lives in an environment of its own: it needs other versions of our dependencies.
# Prefect 3.8.8 takes fastapi and SQLAlchemy releases that it does not work with, hence the pins.
$(PREFECT)/.ready:
	$(PYTHON) -m venv $(PREFECT)
	$(PREFECT)/bin/python -m pip install --quiet 'prefect==3.8.8' 'fastapi<0.151' 'sqlalchemy<2.1'
	touch $@

# Real Airflow, both majors: they take different releases of the same libraries.
$(AIRFLOW2)/.ready:
	$(PYTHON) -m venv $(AIRFLOW2)
	$(AIRFLOW2)/bin/python -m pip install --quiet 'apache-airflow==2.11.2'
	touch $@

$(AIRFLOW3)/.ready:
	$(PYTHON) -m venv $(AIRFLOW3)
	$(AIRFLOW3)/bin/python -m pip install --quiet 'apache-airflow==3.3.2'
	touch $@

# The converter under the other Pythons that it supports. An interpreter that is not there leaves no
# environment; the tests say so, and fail where the variable CI is set.
OTHER_PYTHONS := 3.10 3.12 3.13
PYTHONS := $(OTHER_PYTHONS:%=.envs/python%/.ready)

.envs/python%/.ready: pyproject.toml
	@set -e; mkdir -p $(@D); \
	for python in python$* $$(ls -d $(HOME)/.pyenv/versions/$*.*/bin/python 2>/dev/null | tail -1); do \
	  if $$python --version >/dev/null 2>&1; then \
	    $$python -m venv $(@D); \
	    $(@D)/bin/python -m pip install --quiet --editable .; \
	    break; \
	  fi; \
	done
	touch $@

python-envs: $(PYTHONS)

prefect-env: $(PREFECT)/.ready

airflow-envs: $(AIRFLOW2)/.ready $(AIRFLOW3)/.ready

envs: prefect-env airflow-envs python-envs

# Airflow's own example DAGs, for tests only; they are never committed.
.corpus/.ready: $(VENV)/.ready
	$(BIN)/python tests/corpus/fetch.py .corpus
	touch $@

corpus: .corpus/.ready

demo: $(VENV)/.ready
	$(BIN)/python -m dagferry convert samples/airflow_dags --output .demo --quiet --force --fail-on never
	$(BIN)/python -m dagferry verify samples/airflow_dags --flows .demo

lint: $(VENV)/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check converter runtime tests
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(VENV)/.ready envs .corpus/.ready
	$(BIN)/python -m pytest

test: lint unit

samples: $(VENV)/.ready
	$(BIN)/python -m dagferry convert samples/airflow_dags --output samples/converted --force --fail-on never

# Cases of tests/converter/cases written anew: `make cases NAMES='time_zones variable/a_name'`.
NAMES ?=
cases: $(VENV)/.ready
	$(BIN)/python tests/converter/write_cases.py $(NAMES)

docs: $(VENV)/.ready .corpus/.ready
	$(BIN)/python -m dagferry.reference docs/reference

# Wrong flows made of the samples and cases, each verified: `make mutants ONLY='samples/*'`, `make mutants SAMPLE=50`.
ONLY ?= *
SAMPLE ?=
CASES ?= 700
KEPT ?=
mutants: $(VENV)/.ready
	$(BIN)/python tests/mutants/run_mutants.py --only '$(ONLY)' $(if $(SAMPLE),--sample $(SAMPLE)) \
	  $(if $(CASES),--cases $(CASES)) $(if $(KEPT),--kept $(KEPT))

bench: $(VENV)/.ready .corpus/.ready
	$(BIN)/python tests/bench/run.py

bench-flowlight: $(VENV)/.ready
	$(BIN)/python tests/bench/flowlight_runs.py

bench-daglight: $(VENV)/.ready
	$(BIN)/python tests/bench/daglight.py

# Random flows on flowlight and on real Prefect: `make flow-differential FIRST=0 COUNT=2000`.
# What Prefect did is kept in `.kept`: the same range is judged again within minutes.
FIRST ?= 0
COUNT ?= 200
flow-differential: $(VENV)/.ready $(PREFECT)/.ready
	$(BIN)/python tests/flowlight/differential/compare_engines.py $(FIRST) $(COUNT) .kept

# Random DAGs on daglight and on real Airflow: `make airflow-differential FIRST=0 COUNT=2000 MAJOR=3`.
# What Airflow did is kept in `.kept`: the same range is judged again within minutes.
MAJOR ?= 2
WITHOUT ?=
airflow-differential: $(VENV)/.ready $(AIRFLOW2)/.ready $(AIRFLOW3)/.ready
	$(BIN)/python tests/daglight/differential/compare_airflow.py $(FIRST) $(COUNT) --airflow $(MAJOR) --kept .kept $(WITHOUT)

# What Airflow's example DAGs do on real Airflow, again; ends with an error when that has changed.
airflow-record: $(AIRFLOW2)/.ready $(AIRFLOW3)/.ready .corpus/.ready
	$(BIN)/python tests/daglight/examples/record_examples.py 2
	$(BIN)/python tests/daglight/examples/record_examples.py 3

airflow-examples: .corpus/.ready
	$(BIN)/python tests/daglight/examples/write_page.py

clean:
	rm -rf $(VENV) .envs .corpus .kept .demo dist
