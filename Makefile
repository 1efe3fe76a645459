# What one can do here. `make help` lists it.
PYTHON_IN := .venv/bin/python
SCREEN := $(DISPLAY)$(WAYLAND_DISPLAY)
# Much of a test is waiting: one more than there are processors.
AT_ONCE := -n $(shell expr $$(nproc 2>/dev/null || echo 1) + 1) --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help run practice test crash cover fuzz lint bench tour gallery bundle deb deb-test windows windows-test macos-check messages lock clean

help: ## This list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | awk -F'|' '{printf "  make %-13s %s\n", $$1, $$2}'

run: ## Open the window (installs what is missing first; without a screen it runs the tour)
	@packaging/prepare.sh run
ifeq ($(SCREEN),)
	@echo "There is no screen here: Page Keys shows itself in pictures instead."
	@$(PYTHON_IN) main.py --tour tour 2>tour.log || { tail -n 20 tour.log; exit 1; }
	@rm -f tour.log
else
	@$(PYTHON_IN) main.py
endif

practice: ## Open the window on the built-in practice Facebook
	@packaging/prepare.sh run
	@$(PYTHON_IN) main.py --practice

test: ## Run every test, several at a time (each worker sets up its own message bus and keychain)
	@packaging/prepare.sh dev
	@$(PYTHON_IN) -m pytest $(AT_ONCE)

crash: ## Kill the program at every point between two writes (`make test` tries 30 of them)
	@packaging/prepare.sh dev
	@PAGE_KEYS_EVERY_POINT=1 $(PYTHON_IN) -m pytest tests/unit/vault/test_crash.py

cover: ## Measure how much of gui/ the unit and window tests run; fails below the floor in pyproject.toml
	@packaging/prepare.sh dev
	@$(PYTHON_IN) -m pytest $(AT_ONCE) --cov --cov-report=term:skip-covered tests/unit tests/window

fuzz: ## Feed the client 25,000 answers and the import 20,000 files (a quick part of both is in `make test`); 500 runs over a broken network
	@packaging/prepare.sh dev
	@PAGE_KEYS_FUZZ=25000 $(PYTHON_IN) -m pytest tests/unit/graph/test_fuzz.py tests/unit/graph/test_redact.py tests/unit/graph/test_network_faults.py
	@PAGE_KEYS_FUZZ=20000 $(PYTHON_IN) -m pytest tests/unit/files/test_import_fuzz.py

lint: ## Check style, types and the directions of imports
	@packaging/prepare.sh dev
	@.venv/bin/ruff check gui tests packaging main.py
	@.venv/bin/ruff format --check gui tests packaging main.py
	@.venv/bin/mypy
	@.venv/bin/lint-imports

bench: ## Measure what must be fast, each figure beside an anchor; lists every aim with met or missed
	@packaging/prepare.sh dev
	@$(PYTHON_IN) -m tests.bench

tour: ## Do the whole job on the practice Facebook; pictures in tour/
	@packaging/prepare.sh dev
	@$(PYTHON_IN) main.py --tour tour

gallery: ## Draw every view in every state, light and dark, wide and narrow; pictures in gallery/
	@packaging/prepare.sh dev
	@$(PYTHON_IN) -m tests.gallery gallery

bundle: ## Build the program as a folder in dist/ that needs no Python, and let it run the tour
	@packaging/prepare.sh package
	@packaging/bundle.sh

deb: bundle ## Make a package for Debian and Ubuntu of it, in dist/
	@packaging/linux/deb.sh

deb-test: ## Install that package on fresh Debian 12 and 13, run the tour there as an ordinary user, purge it (as root)
	@packaging/prepare.sh package
	@packaging/linux/deb_test.sh

windows: ## Build the Windows program with Windows' own Python under Wine, and its installer, in dist/ (Debian, as root)
	@packaging/windows/build.sh
	@packaging/windows/setup.sh

windows-test: ## Install it under Wine, upgrade it, do the whole job in it, remove it; then the unit and window tests there
	@packaging/windows/test.sh
	@packaging/windows/run_tests.sh

macos-check: ## Look whether what the recipe for macOS names is in the packages for macOS (Apple silicon)
	@packaging/prepare.sh dev
	@.venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes --only-binary :all: \
	  --python-platform aarch64-apple-darwin --python-version 3.13 --target build/macos/site-packages -r packaging/requirements.txt
	@$(PYTHON_IN) packaging/macos/check.py build/macos/site-packages

messages: ## Gather every visible text for translators; build/page-keys.pot
	@packaging/prepare.sh dev
	@$(PYTHON_IN) packaging/messages.py build/page-keys.pot

lock: ## Pin the dependencies anew
	@packaging/prepare.sh dev
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras pyproject.toml -o packaging/requirements.txt
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras --extra dev pyproject.toml -o packaging/requirements-dev.txt

clean: ## Remove what was made here
	@rm -rf .venv build dist tour gallery tour.log .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
