#!/usr/bin/env bash
# Runs a command with a throw-away Postgres: scripts/with-postgres.sh cargo test
# The cluster lives in memory (/dev/shm) where there is room, answers only on its own socket, and is gone afterwards.
# The command gets DATABASE_URL (an administrator, so that tests can make databases) and PG_BIN. Several may run at once.
set -euo pipefail

[ $# -gt 0 ] || { echo "usage: scripts/with-postgres.sh COMMAND [ARGUMENT ...]" >&2; exit 2; }

fail() { echo "$*" >&2; exit 1; }

newest_bin() {
  local folder newest=
  for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V); do
    [ -x "$folder/initdb" ] && newest=$folder
  done
  [ -n "$newest" ] || newest=$(dirname "$(command -v initdb || echo /missing/initdb)")
  echo "$newest"
}

bin=${PG_BIN:-$(newest_bin)}
[ -x "$bin/initdb" ] || fail "PostgreSQL is not installed. Run scripts/needs.sh test, or set PG_BIN to the folder that holds its initdb."

# Tests make a database each: below 1 GB of memory file system (containers often have 64 MB) the disk is safer.
parent=${TMPDIR:-/tmp}
if [ "$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1 || echo 0)" -ge 1048576 ] && [ -w /dev/shm ]; then
  parent=/dev/shm
fi
folder=$(mktemp -d "$parent/rolebook-test-XXXXXX")

# PostgreSQL refuses to run as root, so root hands it to an unprivileged user.
as=()
if [ "$(id -u)" = 0 ]; then
  user=$(id -un postgres 2>/dev/null || id -un nobody) || fail "There is no user postgres or nobody to run PostgreSQL as."
  chown "$user" "$folder"
  as=(setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups)
fi

clean() {
  local postmaster
  postmaster=$(head -n 1 "$folder/pg/postmaster.pid" 2>/dev/null) || postmaster=
  if [ -n "$postmaster" ]; then
    kill -QUIT "$postmaster" 2>/dev/null || true # nothing in it is worth an orderly end
    # Its last act; the process itself may stay as a zombie where nobody collects those.
    for _ in $(seq 200); do [ -e "$folder/pg/postmaster.pid" ] || break; sleep 0.02; done
  fi
  rm -rf "$folder"
}

# A signal ends the script through `exit`, which runs the EXIT trap; `kill -9` is what the watcher below is for.
trap clean EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

cd / # where every user may be; the command runs in the caller's folder
"${as[@]}" env -i LC_ALL=C.UTF-8 TZ=UTC "$bin/initdb" -D "$folder/pg" -U postgres -E UTF8 --locale=C.UTF-8 -A trust -N \
  >"$folder/initdb.log" 2>&1 || fail "initdb failed: $(cat "$folder/initdb.log")"
"${as[@]}" env -i LC_ALL=C.UTF-8 TZ=UTC "$bin/pg_ctl" -D "$folder/pg" -l "$folder/postgres.log" -s -w -o \
  "-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off -c synchronous_commit=off \
   -c full_page_writes=off -c max_connections=200 -c autovacuum=off -c dynamic_shared_memory_type=mmap" start \
  || fail "Postgres did not start: $(cat "$folder/postgres.log" 2>/dev/null)"

# Cleans up after a script that was killed outright, and finds nothing to do after any other. In a session of its own, so
# that Ctrl-C does not reach it.
(
  export -f clean && export folder
  setsid bash -c "while kill -0 $$ 2>/dev/null; do sleep 1; done; clean" </dev/null >/dev/null 2>&1 &
)

cd "$OLDPWD"
export DATABASE_URL="postgres://postgres@localhost/postgres?host=$folder" PG_BIN="$bin"
status=0
"$@" || status=$?
exit "$status"
