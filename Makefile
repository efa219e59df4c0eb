# Every target sets up what it needs: .venv with formcheck in it, and the system libraries. `make` alone lists them.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/formcheck-ready
SAMPLE := sample_videos/high_knees_thigh_low.mp4
CLIPS ?= sample_videos
TRACKS ?=
MINUTES ?= 10
PYTEST := $(BIN)/python -m pytest -n auto --maxprocesses 8 --dist loadgroup

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-slow test-browser lint types contracts docs notebooks accuracy robustness compare-models accuracy-page speed batch-speed benchmarks check check-all fix models images fuzz wheel wheel-check clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1@\2/p' $(MAKEFILE_LIST) | column -t -s @ 2>/dev/null || \
	 sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1: \2/p' $(MAKEFILE_LIST)

$(READY): pyproject.toml scripts/set_up.sh
	@PYTHON="$(PYTHON)" sh scripts/set_up.sh

setup: $(READY) ## make .venv with formcheck and its development tools

demo: $(READY) ## assess a sample clip
	$(BIN)/formcheck analyze $(SAMPLE)

test: $(READY) ## run the tests (without the slow ones)
	$(PYTEST)

test-slow: $(READY) ## run the tests that take long or need a browser
	$(PYTEST) -m "slow or browser"

test-browser: $(READY) ## run the tests that open the pages in Chromium (Debian: apt-get install chromium)
	$(BIN)/python -m pytest -m browser tests/browser

lint: $(READY) ## check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY) ## check types
	$(BIN)/mypy

contracts: $(READY) ## check that imports only point downward
	$(BIN)/lint-imports

notebooks: $(READY) ## run the notebooks from beginning to end
	$(BIN)/jupyter execute --timeout=300 notebooks/*.ipynb

accuracy: $(READY) ## measure accuracy; CLIPS=DIR TRACKS=DIR name other clips and tracks with ground truth
	$(BIN)/python benchmarks/accuracy.py --clips $(CLIPS) $(if $(TRACKS),--tracks $(TRACKS))

robustness: $(READY) ## measure what bad filming does to verdicts; CLIPS=DIR names other clips with ground truth
	$(BIN)/python benchmarks/robustness.py --clips $(CLIPS)

compare-models: $(READY) ## measure what each pose model costs and is worth; CLIPS=DIR as above
	$(BIN)/python benchmarks/models.py --clips $(CLIPS)

accuracy-page: $(READY) ## write docs/accuracy.md, its plots and the README's table from the last results of accuracy, robustness and compare-models
	$(BIN)/python benchmarks/accuracy_page.py

speed: $(READY) ## measure speed against a bare MediaPipe loop (needs make models once)
	$(BIN)/python benchmarks/speed.py

batch-speed: $(READY) ## measure a batch's speed and memory against a bare MediaPipe loop (needs make models once)
	$(BIN)/python benchmarks/batch.py

benchmarks: accuracy speed batch-speed ## measure accuracy and speed

docs: $(READY) ## build the documentation into build/docs, every warning an error, and look at it
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going --nitpicky --builder html docs build/docs
	$(BIN)/python -m pytest --quiet -m site tests/documentation

check: lint types contracts docs test ## everything that must pass before a commit

check-all: check notebooks test-slow wheel-check accuracy ## the same with the slow parts

fix: $(READY) ## repair style and formatting where a machine can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

models: $(READY) ## rebuild the pose models from published packages (needs npm)
	$(BIN)/python models/build.py

images: $(READY) ## draw the pictures of the README and of the documentation again
	$(BIN)/python docs/make_drawings.py
	$(BIN)/python docs/make_images.py

fuzz: $(READY) ## try new hostile tracks, tables and movements for MINUTES=10
	@PYTHON=$(BIN)/python MINUTES="$(MINUTES)" nice -n 10 sh scripts/fuzz.sh

wheel-check: $(READY) ## install the wheel into empty environments of the oldest and the newest Python here, and try it
	@PYTHON=$(BIN)/python sh scripts/wheel_check.sh

wheel: $(READY) ## build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

clean: ## remove what can be made again, .venv too
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
