package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func env(pairs ...string) func(string) string {
	m := map[string]string{"HOME": "/home/ada"}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return func(k string) string { return m[k] }
}

func write(t *testing.T, body string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func origin(t *testing.T, c Config, key string) string {
	t.Helper()
	for _, v := range c.Values() {
		if v.Key == key {
			return v.Origin
		}
	}
	t.Fatalf("no value %q", key)
	return ""
}

func TestDefaults(t *testing.T) {
	c, err := Load(env("XDG_DATA_HOME", "/data"), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.DB != filepath.FromSlash("/data/elios/elios.db") || c.Count != 4 || c.Mode != "practice" || c.Idle != 30*time.Minute || c.Expire != 168*time.Hour {
		t.Errorf("%+v", c)
	}
	for _, v := range c.Values() {
		if v.Origin != "default" {
			t.Errorf("%+v", v)
		}
	}
}

func TestPrecedence(t *testing.T) {
	file := write(t, "# mine\ncount: 5\nmode: exam\ndb: /file.db\n")
	c, err := Load(env("ELIOS_MODE", "practice", "ELIOS_DB", "/env.db"), file, map[string]string{"db": "/flag.db"})
	if err != nil {
		t.Fatal(err)
	}
	if c.DB != "/flag.db" || c.Mode != "practice" || c.Count != 5 {
		t.Errorf("%+v", c)
	}
	for key, want := range map[string]string{"db": "flag", "mode": "ELIOS_MODE", "count": "config.yaml:2", "idle": "default"} {
		if got := origin(t, c, key); got != want {
			t.Errorf("%s comes from %q, want %q", key, got, want)
		}
	}
}

func TestRefused(t *testing.T) {
	for _, tc := range []struct{ body, want string }{
		{"coutn: 4", `config.yaml:1:1: unknown key "coutn"; did you mean "count"?`},
		{"xyzzyxyzzy: 4", `unknown key "xyzzyxyzzy"`},
		{"count: many", `config.yaml:1: count: "many"`},
		{"count: -1", "count"},
		{"\ncount: [1]", "config.yaml:2:8: count takes one value"},
		{"count: 1\ncount: 2", "twice"},
		{"mode: race", "practice"},
		{"idle: 0s", "idle"},
		{"idle: soon", "idle"},
		{"db: ''", "path"},
		{"- a", "expected lines"},
		{"a: b: c", "config.yaml: "},
	} {
		if _, err := Load(env(), write(t, tc.body), nil); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%q: %v, want %q", tc.body, err, tc.want)
		}
	}
}

func TestFileThatIsNotThere(t *testing.T) {
	if _, err := Load(env(), filepath.Join(t.TempDir(), "no.yaml"), nil); err == nil {
		t.Error("a named file that is missing is an error")
	}
	if _, err := Load(env("XDG_CONFIG_HOME", t.TempDir()), "", nil); err != nil {
		t.Error(err)
	}
	if _, err := Load(env(), write(t, "# nothing\n"), nil); err != nil {
		t.Error(err)
	}
	if _, err := Load(env(), write(t, strings.Repeat("#", maxFile+1)), nil); err == nil {
		t.Error("a huge file was read")
	}
}

func TestEditor(t *testing.T) {
	for want, e := range map[string]func(string) string{
		"nano": env("EDITOR", "nano"), "code -w": env("EDITOR", "nano", "VISUAL", "code -w"), "vi": env(),
	} {
		if c, err := Load(e, write(t, ""), nil); err != nil || c.Editor != want {
			t.Errorf("editor %q, %v; want %q", c.Editor, err, want)
		}
	}
}

func TestRelativeXDGIsIgnored(t *testing.T) {
	if got := DataDir(env("XDG_DATA_HOME", "data")); !strings.HasPrefix(got, filepath.FromSlash("/home/ada")) {
		t.Errorf("%s", got)
	}
}

func FuzzParse(f *testing.F) {
	f.Add("count: 4\nmode: exam\n")
	f.Add("a: &a [*a]")
	f.Fuzz(func(t *testing.T, body string) {
		values, err := parse("config.yaml", []byte(body))
		if err != nil && values != nil {
			t.Error("values beside an error")
		}
		for k, v := range values {
			if known(k) != nil || v.Origin == "" {
				t.Errorf("%q: %+v", k, v)
			}
		}
	})
}
