#!/usr/bin/env bash
# Installs the clients that are not ours with which the tests try the server, and
# prints the folder they are in: what package.json names from npm in a cache outside
# of the checkout, once for each list of versions, and Debian's python3-websockets
# and chromium.
set -euo pipefail
cd "$(dirname "$0")/interop"
say() { echo "$*" >&2; exit 1; }

# Debian's package is for Debian's Python, which may not be the first in the path.
python=/usr/bin/python3
[ -x "$python" ] || python=python3
"$python" -c 'import websockets' 2>/dev/null || ../apt-install.sh python3-websockets
command -v chromium >/dev/null || ../apt-install.sh chromium

command -v npm >/dev/null || say "npm is missing; install it (Debian: apt-get install npm)"
dir="${XDG_CACHE_HOME:-$HOME/.cache}/elios/interop-$(sha256sum package.json | cut -c1-12)"
if [ ! -e "$dir/done" ]; then
  mkdir -p "$dir"
  cp package.json "$dir/"
  (cd "$dir" && npm install --no-audit --no-fund --no-package-lock --ignore-scripts >&2) || say "npm could not install the clients of tools/interop/package.json"
  touch "$dir/done"
fi
echo "$dir"
