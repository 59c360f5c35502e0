#!/usr/bin/env bash
# Prints a heading before a step of make test.
printf '\n== %s\n' "$*"
