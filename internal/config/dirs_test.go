package config

import (
	"path/filepath"
	"testing"
)

func TestBase(t *testing.T) {
	windows := env("HOME", "", "USERPROFILE", "/Users/ada")
	for _, tc := range []struct {
		name, system, xdg string
		env               func(string) string
		want              string
	}{
		{"data", "linux", "XDG_DATA_HOME", env(), "/home/ada/.local/share"},
		{"settings", "linux", "XDG_CONFIG_HOME", env(), "/home/ada/.config"},
		{"named", "linux", "XDG_DATA_HOME", env("XDG_DATA_HOME", "/data"), "/data"},
		{"relative is ignored", "linux", "XDG_DATA_HOME", env("XDG_DATA_HOME", "data"), "/home/ada/.local/share"},
		{"sounds", "linux", "XDG_CACHE_HOME", env(), "/home/ada/.cache"},
		{"sounds, named", "linux", "XDG_CACHE_HOME", env("XDG_CACHE_HOME", "/cache"), "/cache"},
		{"mac sounds", "darwin", "XDG_CACHE_HOME", env(), "/home/ada/Library/Caches"},
		{"windows sounds", "windows", "XDG_CACHE_HOME", env("LOCALAPPDATA", "/local"), "/local"},
		{"no home", "linux", "XDG_CONFIG_HOME", env("HOME", ""), ""},
		{"mac", "darwin", "XDG_DATA_HOME", env(), "/home/ada/Library/Application Support"},
		{"mac, named", "darwin", "XDG_CONFIG_HOME", env("XDG_CONFIG_HOME", "/conf"), "/conf"},
		{"windows data", "windows", "XDG_DATA_HOME", env("LOCALAPPDATA", "/local"), "/local"},
		{"windows settings", "windows", "XDG_CONFIG_HOME", env("APPDATA", "/roaming"), "/roaming"},
		{"windows data without its variable", "windows", "XDG_DATA_HOME", windows, "/Users/ada/AppData/Local"},
		{"windows settings without its variable", "windows", "XDG_CONFIG_HOME", windows, "/Users/ada/AppData/Roaming"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := filepath.ToSlash(base(tc.system, tc.env, tc.xdg)); got != tc.want {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}

func TestPlacesWithoutAHomeFolder(t *testing.T) {
	nowhere := func(string) string { return "" }
	if DataDir(nowhere) != "" || ConfigFile(nowhere) != "" || SpeechCache(nowhere) != "" {
		t.Errorf("%q, %q and %q: relative to whatever folder one stands in", DataDir(nowhere), ConfigFile(nowhere), SpeechCache(nowhere))
	}
}

func TestResolve(t *testing.T) {
	for path, want := range map[string]string{
		"/a/b.db": "/a/b.db", "~/b.db": "/home/ada/b.db", "b.db": "/etc/b.db", "../b.db": "/b.db", "": "", "~ada/b.db": "/etc/~ada/b.db",
	} {
		if got := filepath.ToSlash(resolve(env(), "/etc/config.yaml", path)); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}
