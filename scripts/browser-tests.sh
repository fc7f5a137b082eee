#!/usr/bin/env bash
# Runs the browser tests against a server of their own: scripts/browser-tests.sh PROGRAM [PLAYWRIGHT ARGUMENT ...]
# The server keeps its demonstration data in a folder that is gone afterwards. The tests get PUBLIC_URL.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: scripts/browser-tests.sh PROGRAM [PLAYWRIGHT ARGUMENT ...]" >&2; exit 2; }
program=$(realpath "$1")
shift
cd "$(dirname "$0")/.."

folder=$(mktemp -d "${TMPDIR:-/tmp}/rolebook-browser-XXXXXX")
chmod 755 "$folder" # started as root, the database runs as a user who must get through
server=
clean() {
  trap - EXIT
  if [ -n "$server" ]; then
    kill -TERM "$server" 2>/dev/null || true
    for _ in $(seq 100); do kill -0 "$server" 2>/dev/null || break; sleep 0.1; done
    kill -KILL "$server" 2>/dev/null || true # its Postgres then stops by itself
  fi
  rm -rf "$folder"
}
trap clean EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
export PUBLIC_URL="http://127.0.0.1:$port"
env -u DATABASE_URL -u SMTP_URL ROLEBOOK_DATA="$folder/data" LISTEN="127.0.0.1:$port" \
  "$program" serve --demonstration >"$folder/server.log" 2>&1 </dev/null &
server=$!

answers() { (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; }
for _ in $(seq 600); do
  answers && break
  kill -0 "$server" 2>/dev/null || break
  sleep 0.1
done
if ! answers; then
  echo "The server for the browser tests did not start. It said:" >&2
  tail -n 30 "$folder/server.log" >&2
  exit 1
fi

status=0
node_modules/.bin/playwright test --config tests/browser "$@" || status=$?
if [ "$status" != 0 ]; then
  echo "The server's last lines:" >&2
  tail -n 30 "$folder/server.log" >&2
fi
exit "$status"
