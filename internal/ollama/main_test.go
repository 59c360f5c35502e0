package ollama_test

import (
	"fmt"
	"os"
	"testing"

	"go.uber.org/goleak"

	"github.com/elios/elios/internal/ollama/ollamatest"
)

func TestMain(m *testing.M) {
	code := m.Run()
	for _, s := range shared.servers {
		s.Remove()
	}
	if err := goleak.Find(); code == 0 && err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

// serverOf is the shared server with an engine.
func serverOf(t *testing.T, engine string) *ollamatest.Server {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	s := shared.servers[engine]
	if s == nil {
		s = ollamatest.StartShared(t, "OLLAMA_NEW_ENGINE="+ollamatest.Engines[engine])
		s.Echo(t, "echo")
		shared.servers[engine] = s
	}
	return s
}
