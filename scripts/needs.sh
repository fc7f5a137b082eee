#!/usr/bin/env bash
# Installs what Rolebook needs and this machine lacks: scripts/needs.sh run|test|bench
# As root, or with sudo, it uses apt; otherwise it prints the one line to run and stops.
set -euo pipefail

what=${1:-}
case $what in
  run | test | bench) ;;
  *) echo "usage: scripts/needs.sh run|test|bench" >&2; exit 2 ;;
esac

# Without wrk the bench leaves out the public site, and says so: that is no failure.
ends() {
  [ "$what" = bench ] || exit 1
  echo "wrk is not to be had here, so the public site is not measured." >&2
  exit 0
}

has() { command -v "$1" >/dev/null 2>&1; }
has_postgres() {
  [ -z "${PG_BIN:-}" ] || { [ -x "$PG_BIN/initdb" ] && return; }
  has initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null
}

if ! has cargo; then
  echo "Rolebook is built with Rust 1.95 or later, and there is no cargo. Install Rust with rustup, then run this again." >&2
  exit 1
fi

packages=()
has_postgres || packages+=(postgresql) # server and client programs
has cc || packages+=(gcc libc6-dev)    # links Rust programs
has node || packages+=(nodejs)
has npm || packages+=(npm) # fetches the style sheets
if [ "$what" = test ]; then
  has chromium || packages+=(chromium)      # browser tests
  has pdfinfo || packages+=(poppler-utils) # what PDFs tell a screen reader
fi
# What the measurements compare us with. They leave out what can't be had.
if [ "$what" = bench ] && ! has pandoc; then
  if [ "$(id -u)" = 0 ] && has apt-get; then
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends -qq pandoc >/dev/null 2>&1 || true
  fi
  has pandoc || echo "pandoc can't be had, so nothing is compared with it."
fi
[ "$what" != bench ] || packages=()
[ "$what" != bench ] || has wrk || packages=(wrk) # asks the public site for pages
[ ${#packages[@]} -gt 0 ] || exit 0

install=(apt-get install -y --no-install-recommends "${packages[@]}")
by_hand="apt-get update && ${install[*]}"

if ! has apt-get; then
  echo "Rolebook needs these, by the names that Debian gives them: ${packages[*]}. Install them, then run this again." >&2
  ends
fi

as=(env DEBIAN_FRONTEND=noninteractive)
if [ "$(id -u)" != 0 ]; then
  # Without a terminal nobody could type a password.
  if has sudo && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
    as=(sudo "${as[@]}")
  else
    echo "Rolebook needs some packages. Run this as root, then try again:" >&2
    echo "  $by_hand" >&2
    ends
  fi
fi

echo "Installing ${packages[*]}"
if ! { "${as[@]}" apt-get update -qq && "${as[@]}" "${install[@]}" -qq >/dev/null; }; then
  echo "Installing failed. Run this as root to see why, then try again:" >&2
  echo "  $by_hand" >&2
  ends
fi
