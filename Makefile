# The same commands with short names.
.PHONY: start test check format lock

start:
	./start

test:
	./test

# Without browser and PostgreSQL.
check:
	./test fast

format:
	.venv/bin/ruff format . && .venv/bin/ruff check --fix .

# After a change to the dependencies in pyproject.toml (needs uv).
lock:
	uv lock
	uv export -q --no-dev --no-emit-project --format requirements-txt -o requirements.lock
	uv export -q --no-emit-project --format requirements-txt -o requirements-dev.lock
