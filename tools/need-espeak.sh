#!/usr/bin/env bash
# Installs espeak-ng, with which the tests of internal/speech really speak (into a
# file: no sound card is needed), where it is missing and apt-get can do it.
set -euo pipefail
if command -v espeak-ng >/dev/null; then
  exit 0
fi
say() { echo "espeak-ng is missing, and $1; install it (Debian: apt-get install espeak-ng, macOS: brew install espeak-ng)" >&2; exit 1; }
command -v apt-get >/dev/null || say "there is no apt-get here"
as_root=(env DEBIAN_FRONTEND=noninteractive)
if [ "$(id -u)" -ne 0 ]; then
  # -n: a gate that waits for a password would wait for ever.
  sudo -n true 2>/dev/null || say "this is neither root nor one who may use sudo without a password"
  as_root=(sudo -n "${as_root[@]}")
fi
"${as_root[@]}" apt-get install -qy --no-install-recommends espeak-ng >/dev/null 2>&1 || {
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" apt-get install -qy --no-install-recommends espeak-ng
} || say "apt-get could not install it"
