#!/usr/bin/env bash
# Runs every fuzz target of the module for the given time: tools/fuzz.sh 3s
set -euo pipefail
time="${1:?how long, such as 3s}"
for pkg in $(go list ./...); do
  for target in $(go test -list '^Fuzz' "$pkg" | grep '^Fuzz' || true); do
    echo "$pkg $target"
    # Without the bound Go may spend the whole time minimising one input.
    go test -run '^$' -fuzz "^${target}\$" -fuzztime "$time" -fuzzminimizetime 10x "$pkg" | tail -n 1
  done
done
