# paperbot: everything runs in .venv, which the first command makes.
#   make ask Q="what should I read on KV cache compression?"
#   make test

PYTHON ?= python3
# PyTorch's own index of CPU wheels saves gigabytes of CUDA on Linux:
#   make ask TORCH_INDEX=https://download.pytorch.org/whl/cpu Q="…"
TORCH_INDEX ?=
TORCH = torch==2.13.0

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

export HF_HUB_OFFLINE = 1
# The question reaches the program through the environment, so no shell reads its quotes.
override Q := $(value Q)
export Q

.PHONY: ask build fresh-clone lint check test bench-lists bench-quality bench-outside bench-speed \
    mutants lock clean

ask: $(READY)
	@$(BIN)/paperbot ask -- "$$Q"

build: $(READY)
	@$(BIN)/paperbot build

$(READY): requirements.lock pyproject.toml
	@echo "Setting up $(VENV); this happens once." >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install $(TORCH) $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX))
	@$(PIP) install --require-hashes --no-deps -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

fresh-clone: $(READY)
	$(BIN)/python -m benchmarks.fresh_clone

bench-quality: $(READY)
	$(BIN)/python -m benchmarks.quality --worst --questions

bench-outside: $(READY)
	$(BIN)/python -m benchmarks.outside

lock: $(READY)
	$(PIP) install pip-tools
	echo "$(TORCH)" > $(VENV)/torch.txt
	$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
	    --no-emit-find-links --no-emit-trusted-host -o requirements-runtime.lock pyproject.toml
	$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
	    --no-emit-find-links --no-emit-trusted-host --extra build --extra dev \
	    -c $(VENV)/torch.txt -o requirements.lock pyproject.toml
	$(BIN)/python -m tools.without_torch requirements.lock

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

# PAPERBOT_BENCH_DATA names the folder that holds lists/public.
bench-lists: $(READY)
	$(BIN)/python benchmarks/lists/measure.py --markdown
	$(BIN)/python benchmarks/lists/measure.py --heldout --markdown

bench-speed: $(READY)
	$(BIN)/python -m benchmarks.speed $(SPEED)

mutants: $(READY)
	$(BIN)/python -m benchmarks.mutants.run
