package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRefused(t *testing.T) {
	for _, tc := range []struct{ body, want string }{
		{"coutn: 4", `config.yaml:1:1: unknown key "coutn"; did you mean "count"?`},
		{"count: 4\n\nfollowups: 2", `config.yaml:3:1: unknown key "followups"; did you mean "follow_ups"?`},
		{"xyzzyxyzzy: 4", `config.yaml:1:1: unknown key "xyzzyxyzzy"`},
		{"x: 4", `config.yaml:1:1: unknown key "x"`},
		{`"\x1b[2J": 4`, `unknown key "\x1b[2J"`},
		{"<<: {count: 4}", `unknown key "<<"`},
		{"count: many", `config.yaml:1: count: "many"`},
		{"count: -1", `"-1" is not a number of questions`},
		{"bank: ' '", `config.yaml:1: bank: it is empty; give a bank's id`},
		{"count:", `config.yaml:1: count: ""`},
		{"\ncount: [1]", "config.yaml:2:8: count takes one value"},
		{"mode: &m exam\neditor: *m", "config.yaml:2:9: editor takes one value"},
		{"count: 1\ncount: 2", "config.yaml:2:1: count stands there twice"},
		{"mode: race", `"race" is not one of practice, exam`},
		{"follow_ups: 4", `"4" is not one of bank, 0, 1, 2, 3`},
		{"idle: 0s", `"0s" is not a time span of 1s or more`},
		{"idle: soon", "config.yaml:1: idle:"},
		{"expire: 9999999h", "expire:"},
		{"db: ''", "config.yaml:1: db: it is empty; give a path"},
		{"editor: ' '", "editor: it is empty"},
		{"speak: yes", `speak: "yes" is not one of true, false`},
		{"voice: ''", "voice: it is empty; give a voice, or auto"},
		{"speech_comand: say", `did you mean "speech_command"?`},
		{"speech_player: [aplay, -q]", "speech_player takes one value"},
		{"- a", "config.yaml:1:1: expected lines such as count: 4"},
		{"a: b: c", "config.yaml: mapping values"},
		{"count: 1\na: b: c", "config.yaml:2: mapping values"},
		{"count: 1\n---\ncount: 2", "config.yaml:2: a second document begins"},
		{"count: 1\n---\na: b: c", "config.yaml:3: mapping values"},
		{"count: \xff", "config.yaml: "},
	} {
		c, err := Load(env(), write(t, tc.body), nil)
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%q: %v, want %q", tc.body, err, tc.want)
		}
		if c.values != nil {
			t.Errorf("%q: settings beside an error", tc.body)
		}
	}
}

func TestFilesThatSayNothing(t *testing.T) {
	for _, body := range []string{"", "\n", "# nothing\n", "---\n", "--- # nothing\n"} {
		if c, err := Load(env(), write(t, body), nil); err != nil || c.Count != 4 {
			t.Errorf("%q: %+v, %v", body, c, err)
		}
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	if _, err := Load(env(), filepath.Join(t.TempDir(), "no.yaml"), nil); err == nil || !strings.Contains(err.Error(), "no.yaml") {
		t.Errorf("a named file that is missing: %v", err)
	}
	if _, err := Load(env("XDG_CONFIG_HOME", t.TempDir()), "", nil); err != nil {
		t.Errorf("the usual file is missing: %v", err)
	}
	if _, err := Load(env(), t.TempDir(), nil); err == nil {
		t.Error("a folder was read")
	}
	if _, err := Load(env(), write(t, strings.Repeat("#", maxFile+1)), nil); err == nil || !strings.Contains(err.Error(), "larger than") {
		t.Errorf("a huge file: %v", err)
	}
}

func TestTheUsualFileIsRead(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "elios", "config.yaml")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("count: 7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Load(env("XDG_CONFIG_HOME", dir), "", nil)
	if err != nil || c.Count != 7 {
		t.Errorf("%+v, %v", c, err)
	}
	if got := value(t, c, "count").Origin; got != file+":1" {
		t.Errorf("count comes from %s", got)
	}
}

func TestPathsInAFile(t *testing.T) {
	c, file := load(t, env(), "db: ~/my.db\nbanks_dir: questions\neditor: ~/bin/edit\n", nil)
	if want := filepath.FromSlash("/home/ada/my.db"); c.DB != want || value(t, c, "db").Value != want {
		t.Errorf("~ in a path: %s, want %s", c.DB, want)
	}
	if want := filepath.Join(filepath.Dir(file), "questions"); c.BanksDir != want {
		t.Errorf("a relative path: %s, want %s", c.BanksDir, want)
	}
	if c.Editor != "~/bin/edit" {
		t.Errorf("a command is no path: %s", c.Editor)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"count: 4\nmode: exam\n", "a: &a [*a]", "count: 1\n---\ncount: 2\n", "---\n...\n", "? [a]\n: b", "<<: *x", "\ufeffcount: 4", "count: !!binary AA==",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		values, err := parse("config.yaml", []byte(body))
		switch {
		case err != nil && values != nil:
			t.Error("values beside an error")
		case err != nil && !strings.HasPrefix(err.Error(), "config.yaml:"):
			t.Errorf("an error without its file: %v", err)
		}
		for k, v := range values {
			if _, err := find(k); err != nil || v.Key != k || !strings.HasPrefix(v.Origin, "config.yaml:") {
				t.Errorf("%q: %+v, %v", k, v, err)
			}
		}
	})
}
