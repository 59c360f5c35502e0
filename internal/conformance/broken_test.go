package conformance_test

import (
	"maps"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/elios/elios/internal/conformance"
	"github.com/elios/elios/internal/server/servertest"
)

// fault is a server that does one thing wrong, and a check that has to find it.
type fault struct {
	b     broken
	found string
	// with makes the server where it has to know the tokens. nil: b is all.
	with func(o conformance.Tokens, h *servertest.Host) broken
}

// faultsOfServers are what servers of others get wrong.
func faultsOfServers() map[string]fault {
	all := map[string]fault{}
	for _, list := range []map[string]fault{faultsOfHandshakes, faultsOfMessages, faultsOfEvents, faultsOfInterviews, faultsOfMemory, faultsOfTokens, faultsOfHTTP} {
		maps.Copy(all, list)
	}
	return all
}

// TestEveryFaultIsFound breaks a server in one way after the other. Under torture
// every check looks at every fault.
func TestEveryFaultIsFound(t *testing.T) {
	t.Parallel()
	h := host(t)
	all := os.Getenv("ELIOS_TORTURE") != ""
	faults := faultsOfServers()
	got := map[string]map[string]conformance.Result{}
	var mu sync.Mutex
	var wg sync.WaitGroup
	slots := make(chan struct{}, 16) // most of them wait for what does not come
	for name, tc := range faults {
		var list []conformance.Check
		for _, c := range conformance.Checks() {
			if c.Name == tc.found && !(c.Slow && testing.Short()) || all && !c.Slow && !c.Alone {
				list = append(list, c)
			}
		}
		to := brokenTarget(t, h, tc)
		wg.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			r := results(t, to, list)
			mu.Lock()
			defer mu.Unlock()
			got[name] = r
		})
	}
	wg.Wait()
	for name, tc := range faults {
		t.Run(name, func(t *testing.T) {
			r, ok := got[name][tc.found]
			switch {
			case !ok && testing.Short():
				t.Skip("it waits for a time the protocol names")
			case !ok:
				t.Fatalf("there is no check %s", tc.found)
			case r.Err == nil:
				t.Fatalf("%s did not find it (%s)", tc.found, r.Skip)
			}
			for name, r := range got[name] {
				if r.Err != nil && strings.Contains(r.Err.Error(), "runtime error") {
					t.Errorf("%s: %v", name, r.Err) // a check that says it better can be written
				}
			}
			t.Logf("%s\n%s", tc.found, strings.Join(r.Explained(), "\n"))
			if all {
				t.Log(failedOf(got[name]))
			}
		})
	}
}

// brokenTarget is a broken server as the checks see it.
func brokenTarget(t *testing.T, h *servertest.Host, tc fault) conformance.Target {
	t.Helper()
	o, b := tokens(h), tc.b
	if tc.with != nil {
		b = tc.with(o, h)
	}
	to := target(t, behind(t, h, &b), h.Host)
	to.Others, to.Failing = o, failing
	return to
}

// failedOf names the checks that failed, in order.
func failedOf(got map[string]conformance.Result) (out []string) {
	for name, r := range got {
		if r.Err != nil {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// TestAFaultIsFoundWhereItIs: what has nothing to do with a fault stays green.
func TestAFaultIsFoundWhereItIs(t *testing.T) {
	if testing.Short() {
		t.Skip("whole runs")
	}
	t.Parallel()
	h := host(t)
	for name, due := range map[string][]string{
		"nothing is wrong": {},
		"1003 is 1000":     {"frames/binary"},
		"no Location":      {"http/create"},
		"timers in seconds": {
			"time/pause", "time/timer",
		},
		"evidence in characters": {"tell/evidence"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var list []conformance.Check
			for _, c := range checks(t) {
				if !c.Slow && !c.Alone { // those take the whole server
					list = append(list, c)
				}
			}
			tc, ok := faultsOfServers()[name]
			if !ok && len(due) > 0 {
				t.Fatal("there is no such fault")
			}
			got := results(t, brokenTarget(t, h, tc), list)
			if failed := failedOf(got); !slices.Equal(failed, due) {
				t.Errorf("%v failed, want %v", failed, due)
				for _, name := range failed {
					t.Logf("%s\n%s", name, strings.Join(got[name].Explained(), "\n"))
				}
			}
		})
	}
}
