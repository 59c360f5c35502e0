package config

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// env is an environment with a home folder and the pairs.
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

func load(t *testing.T, env func(string) string, body string, flags map[string]string) (Config, string) {
	t.Helper()
	file := write(t, body)
	c, err := Load(env, file, flags)
	if err != nil {
		t.Fatal(err)
	}
	return c, file
}

func value(t *testing.T, c Config, key string) Value {
	t.Helper()
	for _, v := range c.Values() {
		if v.Key == key {
			return v
		}
	}
	t.Fatalf("no value %q", key)
	return Value{}
}

func TestDefaults(t *testing.T) {
	c, err := Load(env("XDG_DATA_HOME", "/data"), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := Config{
		DB: filepath.FromSlash("/data/elios/elios.db"), BanksDir: filepath.FromSlash("/data/elios/banks"),
		Bank: "last", Evaluator: "auto", OllamaHost: "127.0.0.1:11434", Context: 8192, Count: 4, FollowUps: "bank", Mode: "practice",
		Idle: 30 * time.Minute, Expire: 7 * 24 * time.Hour, Editor: editor(env()),
		SpeechCommand: "auto", SpeechPlayer: "auto",
	}
	values := c.Values()
	if c.values = nil; !reflect.DeepEqual(c, want) {
		t.Errorf("got  %+v\nwant %+v", c, want)
	}
	if len(values) != len(keys()) {
		t.Errorf("%d values for %d keys", len(values), len(keys()))
	}
	for _, v := range values {
		if v.Origin != "default" {
			t.Errorf("%+v", v)
		}
	}
}

func TestEveryKeyIsRead(t *testing.T) {
	set := map[string]string{
		"db": "/a.db", "banks_dir": "/banks", "bank": "databases", "evaluator": "ollama", "model": "phi4-mini", "ollama_host": "http://desk:11434", "context": "4096", "count": "9", "follow_ups": "2",
		"mode": "exam", "time_limit": "90s", "idle": "1h", "expire": "24h", "editor": "nano",
		"speak": "true", "speech_command": "piper", "voice": "/en.onnx", "speech_player": "aplay",
	}
	var file strings.Builder
	var variables []string
	for _, k := range keys() {
		if set[k.name] == "" {
			t.Fatalf("this test does not know %s", k.name)
		}
		file.WriteString(k.name + ": " + set[k.name] + "\n")
		variables = append(variables, k.variable(), set[k.name])
	}
	want, _ := load(t, env(), file.String(), nil)
	fromEnv, _ := load(t, env(variables...), "", nil)
	fromFlags, _ := load(t, env(), "", set)
	for name, got := range map[string]Config{"environment": fromEnv, "flags": fromFlags} {
		for _, v := range want.Values() {
			if other := value(t, got, v.Key); other.Value != v.Value || v.Value != set[v.Key] {
				t.Errorf("%s: %s is %q, in the file %q, want %q", name, v.Key, other.Value, v.Value, set[v.Key])
			}
		}
	}
	if want.TimeLimit != 90*time.Second || want.FollowUps != "2" || want.Editor != "nano" || want.Evaluator != "ollama" ||
		!want.Speak || want.SpeechCommand != "piper" || want.Voice != "/en.onnx" || want.SpeechPlayer != "aplay" {
		t.Errorf("%+v", want)
	}
}

func TestPrecedence(t *testing.T) {
	c, file := load(t, env("ELIOS_MODE", "practice", "ELIOS_DB", "/env.db", "ELIOS_COUNT", ""),
		"# mine\ncount: 5\nmode: exam\ndb: /file.db\n", map[string]string{"db": "/flag.db"})
	if c.DB != "/flag.db" || c.Mode != "practice" || c.Count != 5 {
		t.Errorf("%+v", c)
	}
	for key, want := range map[string]string{"db": "flag", "mode": "ELIOS_MODE", "count": file + ":2", "idle": "default"} {
		if got := value(t, c, key).Origin; got != want {
			t.Errorf("%s comes from %q, want %q", key, got, want)
		}
	}
}

func TestABadValueNamesItsOrigin(t *testing.T) {
	for _, tc := range []struct {
		env   func(string) string
		flags map[string]string
		want  string
	}{
		{env("ELIOS_MODE", "race"), nil, `ELIOS_MODE: mode: "race" is not one of practice, exam`},
		{env(), map[string]string{"count": "x"}, `flag: count: "x" is not a number of questions`},
		{env(), map[string]string{"modus": "exam"}, `flag: unknown key "modus"; did you mean "mode"?`},
		{env("HOME", ""), nil, `default: db: the environment names no home folder; set HOME, or ELIOS_DB`},
	} {
		if _, err := Load(tc.env, "", tc.flags); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%v, want %q", err, tc.want)
		}
	}
}

func TestWithoutAHomeFolder(t *testing.T) {
	c, err := Load(env("HOME", "", "ELIOS_DB", "a.db", "ELIOS_BANKS_DIR", "banks"), "", nil)
	if err != nil || c.DB != "a.db" {
		t.Errorf("%q, %v", c.DB, err)
	}
}

func TestValuesIsACopy(t *testing.T) {
	c, _ := load(t, env(), "", nil)
	c.Values()[0].Origin = "nowhere"
	if c.Values()[0].Origin != "default" {
		t.Error("a caller changed the settings")
	}
}

func TestEditor(t *testing.T) {
	for _, tc := range []struct {
		system string
		env    func(string) string
		want   string
	}{
		{"linux", env("EDITOR", "nano"), "nano"},
		{"linux", env("EDITOR", "nano", "VISUAL", "code -w"), "code -w"},
		{"darwin", env(), "vi"},
		{"windows", env(), "notepad"},
	} {
		if got := editorOn(tc.system, tc.env); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.system, got, tc.want)
		}
	}
}
