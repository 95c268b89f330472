.PHONY: run test bench lint lock translations

PYTHON ?= python3.11
PORT ?= 8501
BIN := .venv/bin

run: .venv/app
	@$(BIN)/python -m db init
	@$(BIN)/python -m db demo
	@PORT=$(PORT) $(BIN)/python -m components.server

test: .venv/tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not browser"
	$(BIN)/python -m pytest -m browser

bench: .venv/tests
	@$(BIN)/python -m tests.bench.run

# Versions locked for installs; names only, the registry is the machine's business.
lock: .venv/tests
	$(BIN)/python -m pip freeze --exclude pip --exclude setuptools > requirements.lock

translations: .venv/tests
	$(BIN)/pybabel -q compile -D app -d components/locale

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/app: pyproject.toml requirements.lock | .venv/bin/python
	$(BIN)/python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb')); \
	print(*p['project']['dependencies'], sep='\n')" > .venv/wanted.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	-r .venv/wanted.txt -c requirements.lock
	@touch $@

.venv/tests: .venv/app
	$(BIN)/python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb')); \
	print(*p['dependency-groups']['dev'], sep='\n')" > .venv/wanted-tests.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	-r .venv/wanted-tests.txt -c requirements.lock
	@touch $@
