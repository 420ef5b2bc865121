# The daily commands. What else pytest is to be told comes in ARGS:  make test ARGS="tests/domain -q"

ARGS =

.PHONY: run demo test fast lint types messages mutants ci

run:                    # serve, on port 8000
	python3 start.py $(ARGS)

demo:                   # serve an example tournament that plays itself
	python3 start.py --demo $(ARGS)

test:                   # all tests
	python3 start.py test $(ARGS)

fast:                   # the tests that take less than a minute together
	python3 start.py test --fast $(ARGS)

lint: .venv/bin/ruff    # style
	.venv/bin/python -m ruff check .

types: .venv/bin/mypy   # types
	.venv/bin/python -m mypy

messages: .venv/bin/mypy # takes the messages of the source into the catalogues (docs/languages.md)
	.venv/bin/python -m timely.languages.extraction $(ARGS)

mutants: .venv/bin/ruff # which small faults the tests do not notice, in about an hour (docs/testing.md)
	.venv/bin/python -m bench.mutants $(ARGS)

ci:                     # what must pass before a merge (Debian, as root)
	bash .ci/run

# What the tests need brings both.
.venv/bin/ruff .venv/bin/mypy:
	python3 start.py test --version
