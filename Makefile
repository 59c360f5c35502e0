# make test is the gate: everything a change has to pass, on a machine with Go,
# gcc, git, make, node and npm; espeak-ng, g++, python3-websockets and chromium are
# installed where apt-get can do it, clients of others from npm, and an Ollama is built
# from its Go module, once (four minutes on two cores).

GOFUMPT     := mvdan.cc/gofumpt@v0.12.0
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.8.2
FUZZTIME    ?= 3s

# A torture left in the environment would turn minutes into hours.
test: export ELIOS_TORTURE :=
# A test that speaks must not be skipped in silence.
test: export ELIOS_REQUIRE_SPEECH := 1
# Nor may one that needs a real Ollama; OLLAMA is where the built one is.
test torture: export ELIOS_TEST_OLLAMA := require
OLLAMA = ELIOS_OLLAMA_BIN="$$(tools/build-ollama.sh)"
# Nor one that needs clients of others; INTEROP is where they are.
test torture: export ELIOS_TEST_INTEROP := require
INTEROP = ELIOS_INTEROP_DIR="$$(tools/need-interop.sh)"

.PHONY: test torture bench fmt build cover

test: # formatting, vet, staticcheck, modules, tests with -race, fuzzing, scripts, other systems
	@tools/step.sh "formatting (gofumpt)"
	@out="$$(go run $(GOFUMPT) -l .)" || exit 1; if [ -n "$$out" ]; then echo "not formatted; run make fmt:"; echo "$$out"; exit 1; fi
	@tools/step.sh "go vet"
	go vet ./...
	@tools/step.sh "staticcheck"
	go run $(STATICCHECK) ./...
	@tools/step.sh "go mod tidy"
	go mod tidy -diff
	@tools/step.sh "espeak-ng, for the tests that speak"
	tools/need-espeak.sh
	@tools/step.sh "a real Ollama, built once"
	tools/build-ollama.sh
	@tools/step.sh "clients that are not ours, installed once"
	tools/need-interop.sh
	@tools/step.sh "fuzzing, $(FUZZTIME) a target"
	tools/fuzz.sh $(FUZZTIME)
	@tools/step.sh "the scripts on the built binary"
	$(MAKE) --no-print-directory build
	$(OLLAMA) ELIOS_BIN="$(CURDIR)/bin/elios" go test -count 1 -run '^TestScript$$' ./cmd/elios
	@tools/step.sh "the built-in banks"
	bin/elios bank test banks/... --metamorphic --strict
	@tools/step.sh "windows and darwin"
	GOOS=windows go build ./...
	GOOS=darwin go build ./...
	@tools/step.sh "go test -race"
	$(OLLAMA) $(INTEROP) go test -race -timeout 20m ./...

torture: # the long ordeals: hundreds of kills of each kind, five minutes a fuzz target
	$(OLLAMA) $(INTEROP) ELIOS_TORTURE=1 go test -race -timeout 5h -v -run 'Kill|Torture|Cut|ManyConnections' ./...
	tools/fuzz.sh 5m

bench: # every benchmark once; they print figures and assert nothing
	go test -run '^$$' -bench . -benchmem ./...

fmt:
	go run $(GOFUMPT) -w .

build:
	go build -o bin/elios ./cmd/elios

cover: # share of statements the tests reach, by package
	go test -cover ./...
