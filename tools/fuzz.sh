#!/usr/bin/env bash
# Runs every fuzz target of the module for the given time: tools/fuzz.sh 3s
set -euo pipefail
time="${1:?how long, such as 3s}"
log="$(mktemp)"
trap 'rm -f "$log"' EXIT
# fuzz runs one target. Now and then the time runs out while Go stops its workers, and Go calls that a
# failure although no input failed: such a run is done again.
fuzz() {
  for try in 1 2 3; do
    # Without the bound Go may spend the whole time minimising one input.
    if go test -run '^$' -fuzz "^$2\$" -fuzztime "$time" -fuzzminimizetime 10x "$1" >"$log" 2>&1; then
      return
    fi
    if ! grep -q 'context deadline exceeded' "$log" || grep -q 'Failing input' "$log" || [ "$try" = 3 ]; then
      cat "$log" # with the input that failed, and where it is kept
      exit 1
    fi
  done
}

packages="$(go list ./...)"
found=0
for pkg in $packages; do
  # A package that does not build has to stop this, not look like one without targets.
  targets="$(go test -list '^Fuzz' "$pkg")"
  for target in $(grep '^Fuzz' <<<"$targets" || true); do
    found=$((found + 1))
    echo "$pkg $target"
    fuzz "$pkg" "$target"
    tail -n 1 "$log"
  done
done
echo "$found fuzz targets"
[ "$found" -gt 0 ]
