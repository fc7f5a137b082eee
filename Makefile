# What people type. Each target says what it does; `make` alone lists them.

TARGET := $(if $(CARGO_TARGET_DIR),$(CARGO_TARGET_DIR),target)

# Queries are checked against .sqlx/, never against a database that happens to be configured.
export SQLX_OFFLINE := true

# Cargo uses every core by itself, and two of it would only wait for each other.
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help run fuzz test test-rust test-browser test-chaos chaos bench check assets sqlx sqlx-check clean needs-run needs-test needs-bench

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

run: needs-run assets ## Build Rolebook and serve it with demonstration data on http://127.0.0.1:8080
	env -u DATABASE_URL cargo run --locked -- serve --demonstration

test: test-rust test-browser test-chaos ## All tests: Rust, the browser, and a short chaos

test-rust: needs-test assets ## The Rust tests, on a throw-away Postgres
	scripts/with-postgres.sh cargo test --locked --no-fail-fast $(ARGS)

test-browser: needs-test assets ## The browser tests, on a server of their own
	cargo build --locked
	scripts/browser-tests.sh "$(TARGET)/debug/rolebook" $(ARGS)

test-chaos: needs-test assets ## A short chaos: a few interruptions of each kind
	cargo build --locked
	CHAOS=short node tests/chaos/main.js "$(TARGET)/debug/rolebook"

chaos: needs-test assets ## Over 1,000 interruptions while people type; CHAOS_SEED=… has a run again
	cargo build --locked
	node tests/chaos/main.js "$(TARGET)/debug/rolebook"

bench: needs-bench assets ## Measure against the budgets on the release build; NAME=… runs those whose name holds it
	scripts/with-postgres.sh cargo bench --locked --bench bench -- "$(NAME)"

fuzz: needs-test assets ## Fuzz every reader for FUZZ_SECONDS of processor time each (600); NAME=… takes one, FUZZ_SEED=… another run
	FUZZ_SECONDS=$${FUZZ_SECONDS:-600} cargo test --locked --release --test fuzz -- $(NAME)

check: ## Formatting and lints
	cargo fmt --check
	cargo clippy --locked --all-targets -- -D warnings

assets: ## Prepare the style sheets, scripts and typeface in static/vendor
	scripts/assets.sh

sqlx: ## Write the checked queries in .sqlx anew, after a change of SQL or migrations
	scripts/sqlx.sh write

sqlx-check: ## Compare .sqlx with the code and the migrations
	scripts/sqlx.sh check

clean: ## Remove what was built; data stays
	cargo clean
	rm -rf node_modules static/vendor test-results playwright-report

needs-run:
	@scripts/needs.sh run

needs-test:
	@scripts/needs.sh test

needs-bench: needs-test
	@scripts/needs.sh bench
