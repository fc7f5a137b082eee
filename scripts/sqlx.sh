#!/usr/bin/env bash
# The checked queries in .sqlx/: scripts/sqlx.sh write makes them anew, scripts/sqlx.sh check compares them.
# Builds read them, so that no build needs a database. Both work on a throw-away Postgres with our migrations.
set -euo pipefail
cd "$(dirname "$0")/.."

case ${1:-} in
  write | check) ;;
  inside) # runs within with-postgres.sh: $2 is the folder to fill
    LC_ALL=C # the order of the names' bytes, as sqlx applies them
    for migration in migrations/*.sql; do
      "$PG_BIN/psql" "$DATABASE_URL" -X -q -1 -v ON_ERROR_STOP=1 -f "$migration"
    done
    # The macros write as they expand, so cargo must compile our own crate again.
    touch -c src/lib.rs src/main.rs tests/it/main.rs
    SQLX_OFFLINE=false SQLX_OFFLINE_DIR=$2 cargo check --locked --all-targets
    exit
    ;;
  *) echo "usage: scripts/sqlx.sh write|check" >&2; exit 2 ;;
esac

count() { find "$1" -name '*.json' | wc -l; }

fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
scripts/with-postgres.sh scripts/sqlx.sh inside "$fresh"

if [ "$1" = check ]; then
  if ! diff -rq .sqlx "$fresh"; then
    echo "The queries in .sqlx are not those of the code. Run make sqlx and commit the folder." >&2
    exit 1
  fi
  echo "The $(count "$fresh") checked queries in .sqlx match the code and the migrations."
else
  rm -rf .sqlx
  mkdir .sqlx
  cp "$fresh"/*.json .sqlx/
  echo "Wrote $(count .sqlx) checked queries to .sqlx."
fi
