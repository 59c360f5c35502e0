#!/usr/bin/env bash
# Installs a Debian package where apt-get can do it, or says how somebody else can:
# tools/apt-install.sh PACKAGE
set -euo pipefail
package="${1:?which package}"
say() { echo "$package is missing, and $1; install it (Debian: apt-get install $package)" >&2; exit 1; }
command -v apt-get >/dev/null || say "there is no apt-get here"
as_root=(env DEBIAN_FRONTEND=noninteractive)
if [ "$(id -u)" -ne 0 ]; then
  # -n: a gate that waits for a password would wait for ever.
  sudo -n true 2>/dev/null || say "this is neither root nor one who may use sudo without a password"
  as_root=(sudo -n "${as_root[@]}")
fi
"${as_root[@]}" apt-get -o DPkg::Lock::Timeout=300 install -qy --no-install-recommends "$package" >/dev/null 2>&1 || {
  "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=300 update -q >&2
  "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=300 install -qy --no-install-recommends "$package" >&2
} || say "apt-get could not install it"
