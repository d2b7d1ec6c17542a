# Thin: each line names a script or a command that can also be called by hand (Windows, CI).
PYTHON ?= python3
PY = .venv/bin/python

.PHONY: setup setup-dev run demo check test test-fast test-long bench shots lock clean

setup:            ## everything but starting
	@$(PYTHON) scripts/bootstrap.py

setup-dev:
	@$(PYTHON) scripts/bootstrap.py --dev

run: setup        ## web, worker and beat, until Ctrl-C
	@$(PY) manage.py serve --with-parent

demo: setup       ## a rich fictitious workspace
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py createcachetable
	@$(PY) manage.py load_catalogue >/dev/null
	@$(PY) manage.py demo

check: setup-dev  ## style, types, floors, templates, migrations, translations
	@$(PY) scripts/check.py

test: check       ## check, then the whole suite on every engine that answers
	@$(PY) scripts/run_tests.py

test-fast: setup-dev
	@$(PY) scripts/run_tests.py --engine sqlite -m "not browser and not slow"

test-long: setup-dev
	@$(PY) scripts/run_tests.py --long

bench: setup-dev
	@$(PY) -m benchmarks.run

shots: setup-dev
	@$(PY) scripts/shots.py

lock: setup-dev
	@$(PY) scripts/lock.py

clean:            ## everything that setup made; the data folder stays
	rm -rf .venv node_modules build
