# make demo   a Slack-like workspace with the bot in it, on this machine
# make test   the whole test suite
# make check  lint, types, import contracts, then the tests: what CI runs
# make chaos  two thousand messages while the bot is killed two hundred times, three ways
# make run    the bot itself, with the settings in .env
# make lock   new versions of everything, exact and hashed

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PORT   ?= 8137
SCENE  ?= lively
JOBS   ?= 2
CROWD  ?= 4

# Where the tests lay what they forget again: in memory, if there is a gigabyte to spare.
SPARE  := $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 1048576 {print "/dev/shm"}')

# A hundred processes begin in the tests: what is compiled once is kept, whatever the machine says.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo check lint test rules others chaos run lock

demo: $(VENV)/runtime
	@$(BIN)/partnerbot demo --port $(PORT) --scene $(SCENE) $(if $(FRESH),--fresh) $(if $(NO_OPEN),--no-open)

run: $(VENV)/runtime
	@$(BIN)/partnerbot run

# One core would be idle while mypy reads: the rules are tested meanwhile.
check: $(VENV)/development
	$(MAKE) --jobs=2 lint rules
	$(MAKE) others

lint: $(VENV)/development
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy bot handlers storage sandbox tests bench
	$(BIN)/lint-imports

test: rules others

# The rules are measured by their own tests: measuring slows everything else down by half.
rules: $(VENV)/development
	$(BIN)/pytest -n $(JOBS) --dist worksteal --cov --cov-report=term tests/bot

# A test at the front door waits for half of its time: four keep two cores busy.
others: $(VENV)/development
	$(if $(SPARE),TMPDIR=$(SPARE)) $(BIN)/pytest -n $(CROWD) --dist worksteal --ignore=tests/bot

chaos: export PYTHONPATH = .
chaos: $(VENV)/development
	$(BIN)/python bench/chaos.py --no-history $(CHAOS)
	$(BIN)/python bench/chaos.py $(CHAOS)
	$(BIN)/python bench/chaos.py --replicas 3 $(CHAOS)

lock: $(VENV)/uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --upgrade \
	  --python-version 3.11 pyproject.toml --group build -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header --upgrade \
	  --python-version 3.11 pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock

# The environment: runtime is what the bot and the demo need, development adds the test tools.
$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Partnerbot needs Python 3.11 or newer; PYTHON=... names another one." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "Python cannot make a virtual environment here. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@touch $@

# uv installs in seconds what takes pip more than a minute; where it cannot be had, pip does it.
$(VENV)/uv: $(VENV)/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  "$$(sed -n 's/^\(uv==[^ ]*\).*/\1/p' requirements.lock)" || echo "No uv here; pip it is."
	@touch $@

define install
	@if [ -x $(BIN)/uv ]; then $(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r $(1); \
	  else $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); fi
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
endef

$(VENV)/runtime: requirements.lock pyproject.toml | $(VENV)/uv
	$(call install,requirements.lock)
	@touch $@

$(VENV)/development: requirements.lock requirements-dev.lock pyproject.toml | $(VENV)/uv
	$(call install,requirements-dev.lock)
	@touch $@ $(VENV)/runtime
