package main

import (
	"context"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// What a server's heap may grow to between two collections: a small one is collected
// seldom, since that saves a tenth of the processor; of a large one the garbage is kept
// small, since a host plans the memory of a server for many interviews.
const (
	heapFloor    = 48 << 20 // bytes, whatever is alive
	leastGarbage = 50       // percent of what is alive, from where that is more
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

// Of a server that has little to do, what it does not need goes back to the system: the
// runtime by itself does that in minutes, and keeps the stacks as large as they were.
const (
	restEvery = 5 * time.Second // how often a server is looked at
	restfully = 1               // collections in that time are little to do
	restings  = 3               // each halves stacks that are too large
)

// tuneMemory keeps a server's memory within these bounds until ctx is done. A host who
// has set GOGC knows better.
func tuneMemory(ctx context.Context) {
	if os.Getenv("GOGC") != "" {
		return
	}
	before := debug.SetGCPercent(mostGarbage)
	defer debug.SetGCPercent(before)
	afterEachCollection(ctx, mostGarbage)
	t := time.NewTicker(restEvery)
	defer t.Stop()
	for seen, rested := collections(), 0; ; {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
		}
		now := collections()
		switch {
		case now-seen > restfully:
			rested = 0
		case rested < restings:
			debug.FreeOSMemory()
			rested++
		}
		seen = collections()
	}
}

// afterEachCollection sets how much garbage there may be by what was found alive. The
// runtime tells of a collection by the end of something that nobody holds.
func afterEachCollection(ctx context.Context, percent int) {
	runtime.AddCleanup(new([16]byte), func(percent int) {
		if ctx.Err() != nil {
			return
		}
		if p := garbagePercent(read("/gc/heap/live:bytes")); p != percent {
			percent = p
			debug.SetGCPercent(p)
		}
		afterEachCollection(ctx, percent)
	}, percent)
}

func collections() uint64 { return read("/gc/cycles/total:gc-cycles") }

// read asks the runtime for one of its numbers.
func read(name string) uint64 {
	s := []metrics.Sample{{Name: name}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}
