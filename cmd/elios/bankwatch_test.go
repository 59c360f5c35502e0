package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Results written beside the bank must not start the next run, for ever.
func TestOfBank(t *testing.T) {
	for name, want := range map[string]bool{
		"bank.yaml": true, "x/y.yml": true, "results.xml": false, "x/.bank.yaml": false, "bank.yaml~": false, "yaml": false,
	} {
		if got := ofBank(name); got != want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// A change to a bank's file starts a run.
func TestWatch(t *testing.T) {
	dir := t.TempDir()
	put := func(name, body string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	runs, ended := make(chan string), make(chan error, 1)
	go func() {
		ended <- watch(ctx, []string{dir}, func(ctx context.Context) {
			body, err := os.ReadFile(filepath.Join(dir, "bank.yaml"))
			if err != nil && !errors.Is(err, os.ErrNotExist) {
				t.Error(err)
			}
			select {
			case runs <- string(body):
			case <-ctx.Done():
			}
		})
	}()
	if got := <-runs; got != "" {
		t.Errorf("first run: %q", got)
	}
	for _, want := range []string{"one", "two"} {
		put("bank.yaml", want)
		for got := <-runs; got != want; { // a file that is half written may be seen too
			got = <-runs
		}
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// Cancelling the whole command exits 130, and what is wrong with a bank does
// not end the watching.
func TestWatchCommand(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "bank.yaml")
	if err := os.WriteFile(path, []byte("elios: no bank"), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	waiting := make(chan struct{}, 10)
	said := &notifying{want: "Waiting for a change", seen: waiting}
	code := make(chan int, 1)
	env := func(k string) string {
		if k == "HOME" {
			return dir
		}
		return ""
	}
	go func() {
		code <- run(ctx, []string{"bank", "test", path, "--watch"}, streams{in: strings.NewReader(""), out: &strings.Builder{}, err: said}, env)
	}()
	<-waiting
	if !strings.Contains(said.String(), "bank.yaml:1:") {
		t.Errorf("nothing said about the broken bank: %s", said.String())
	}
	if err := os.WriteFile(path, []byte("elios: none at all"), 0o600); err != nil {
		t.Fatal(err)
	}
	<-waiting
	cancel()
	if got := <-code; got != exitInterrupted {
		t.Errorf("exit code %d", got)
	}
}

// notifying tells when a text has been written. It is read only between two
// signals, when nobody writes.
type notifying struct {
	strings.Builder
	want string
	seen chan<- struct{}
}

func (n *notifying) Write(p []byte) (int, error) {
	defer func() {
		if strings.Contains(string(p), n.want) {
			n.seen <- struct{}{}
		}
	}()
	return n.Builder.Write(p)
}
