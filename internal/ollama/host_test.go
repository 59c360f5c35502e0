package ollama_test

import (
	"testing"

	"github.com/elios/elios/internal/ollama"
)

func TestParseHost(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"", "http://127.0.0.1:11434"},
		{"desk", "http://desk:11434"},
		{" desk:8080 ", "http://desk:8080"},
		{`"desk"`, "http://desk:11434"},
		{"http://desk", "http://desk:80"},
		{"https://desk", "https://desk:443"},
		{"https://desk:11434/api/proxy", "https://desk:11434/api/proxy"},
		{"0.0.0.0", "http://127.0.0.1:11434"},
		{"0.0.0.0:5", "http://127.0.0.1:5"},
		{"[::]:5", "http://[::1]:5"},
		{"::1", "http://[::1]:11434"},
		{"[::1]:99", "http://[::1]:99"},
		{":5050", "http://127.0.0.1:5050"},
	} {
		u, err := ollama.ParseHost(tc.in)
		if err != nil || u.String() != tc.want {
			t.Errorf("%q: %v, %v; want %s", tc.in, u, err, tc.want)
		}
	}
	for _, bad := range []string{"ftp://desk", "desk:port", "desk:0", "desk:70000", "a b", "user@desk"} {
		if u, err := ollama.ParseHost(bad); err == nil {
			t.Errorf("%q: %v", bad, u)
		}
	}
}
