package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"testing"
)

func TestGarbagePercent(t *testing.T) {
	for live, want := range map[uint64]int{0: mostGarbage, 1 << 20: mostGarbage, 12 << 20: 300, 24 << 20: 100, 40 << 20: leastGarbage, 1 << 40: leastGarbage} {
		if got := garbagePercent(live); got != want {
			t.Errorf("%d MiB alive: %d %%, want %d", live>>20, got, want)
		}
	}
}

func TestTuneMemoryLeavesTheRuntimeAsItWas(t *testing.T) {
	before := debug.SetGCPercent(77)
	defer debug.SetGCPercent(before)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	tuneMemory(ctx)
	if got := debug.SetGCPercent(77); got != 77 {
		t.Errorf("afterwards it is %d", got)
	}
}

func TestTheRuntimeHasTheseNumbers(t *testing.T) {
	n := collections()
	runtime.GC()
	if got := collections(); got <= n || read("/gc/heap/live:bytes") == 0 {
		t.Errorf("%d collections, then %d", n, got)
	}
}
