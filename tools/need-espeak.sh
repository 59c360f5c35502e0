#!/usr/bin/env bash
# Installs espeak-ng, with which the tests of internal/speech really speak (into a
# file: no sound card is needed), where it is missing and apt-get can do it.
set -euo pipefail
command -v espeak-ng >/dev/null || exec "$(dirname "$0")/apt-install.sh" espeak-ng
