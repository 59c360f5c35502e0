package main

import (
	"context"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// What a server's heap may grow to between two collections: a small one is collected
// seldom, since that saves a tenth of the processor; of a large one the garbage is kept
// small, since a host plans the memory of a server for many interviews.
const (
	heapFloor    = 48 << 20 // bytes, whatever is alive
	leastGarbage = 40       // percent of what is alive, from where that is more
	mostGarbage  = 400
)

// garbagePercent is how much garbage there may be before it is collected, in percent of
// the bytes that are alive (GOGC).
func garbagePercent(live uint64) int {
	if live == 0 {
		return mostGarbage
	}
	room := (heapFloor - int64(live)) * 100 / int64(live)
	return int(min(max(room, leastGarbage), mostGarbage))
}

// tuneEvery is how often the heap is looked at.
const tuneEvery = 2 * time.Second

// tuneMemory keeps the heap within these bounds until ctx is done.
func tuneMemory(ctx context.Context) {
	before := debug.SetGCPercent(mostGarbage)
	defer debug.SetGCPercent(before)
	live := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	now := mostGarbage
	t := time.NewTicker(tuneEvery)
	defer t.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		metrics.Read(live)
		if p := garbagePercent(live[0].Value.Uint64()); p != now {
			now = p
			debug.SetGCPercent(p)
		}
	}
}
