#!/usr/bin/env bash
# Prints the path of a real Ollama server for the tests, and builds it from its Go module where it
# is not in the cache yet: about four minutes on two cores, once. The cache is outside the checkout
# ($ELIOS_CACHE, else the user's cache folder), by versions, build script and kind of processor.
#
# The module leaves out every folder called vendor, and with it three headers: the JSON one comes out
# of an older version of the same module, the two for sound and images are stand-ins (ollama-shim/),
# since the tests never send either.
set -euo pipefail
version=v0.17.4
headers=v0.6.5 # the last version that kept json.hpp outside vendor
here="$(cd "$(dirname "$0")" && pwd)"

say() { echo "build Ollama: $*" >&2; }

# Without AVX2 in the build the tiny models take forty times as long; not every machine has it.
arch=""
if [ "$(go env GOARCH)" = amd64 ] && grep -qw avx2 /proc/cpuinfo 2>/dev/null && grep -qw fma /proc/cpuinfo && grep -qw bmi2 /proc/cpuinfo; then
  arch="-march=x86-64-v3"
fi
cache="${ELIOS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/elios}/ollama"
recipe="$(cat "$0" "$here"/ollama-shim/*/*.h | cksum | cut -d' ' -f1)"
out="$cache/$version-$(go env GOVERSION)-$(go env GOOS)-$(go env GOARCH)${arch:+-v3}-$recipe"
if [ -x "$out/ollama" ]; then
  echo "$out/ollama"
  exit 0
fi

if ! command -v g++ >/dev/null; then
  as_root=(env DEBIAN_FRONTEND=noninteractive)
  [ "$(id -u)" -eq 0 ] || as_root=(sudo -n "${as_root[@]}")
  say "g++ is missing; installing it"
  { "${as_root[@]}" apt-get update -q && "${as_root[@]}" apt-get install -qy --no-install-recommends g++; } >&2 ||
    { say "g++ could not be installed; install it and run this again"; exit 1; }
fi

say "$version from its Go module, once (about four minutes on two cores)"
mkdir -p "$cache"
work="$(mktemp -d "$cache/building.XXXXXX")"
trap 'rm -rf "$work"' EXIT
cd "$work" # outside the checkout: its go.mod must not choose the server's dependencies
older="$(go mod download -json "github.com/ollama/ollama@$headers" | sed -n 's/.*"Dir": "\(.*\)".*/\1/p')"
mkdir -p include/nlohmann
cp "$older/llama/llama.cpp/common/json.hpp" include/nlohmann/json.hpp
echo '#include <nlohmann/json.hpp>' >include/nlohmann/json_fwd.hpp
CGO_ENABLED=1 CGO_CPPFLAGS="-I$here/ollama-shim -I$work/include" CGO_CFLAGS="-O3 $arch" CGO_CXXFLAGS="-O3 $arch" GOBIN="$work" \
  go install -trimpath -ldflags "-s -w -X=github.com/ollama/ollama/version.Version=${version#v}" "github.com/ollama/ollama@$version" >&2
# Renamed into place at the end, so that a build that was cut off is never taken for a whole one.
mkdir -p "$out"
mv -f ollama "$out/ollama"
echo "$out/ollama"
