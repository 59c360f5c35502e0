package config

import (
	"path/filepath"
	"runtime"
	"strings"
)

// DataDir is the folder of the database and of the user's own banks:
// $XDG_DATA_HOME/elios, or what the system has in its place; "" when the
// environment names no home folder. The environment is handed in, so that a
// test never meets the real one.
func DataDir(env func(string) string) string {
	return under(base(runtime.GOOS, env, "XDG_DATA_HOME"), "elios")
}

// ConfigFile is where the settings are looked for:
// $XDG_CONFIG_HOME/elios/config.yaml; "" when the environment names no home folder.
func ConfigFile(env func(string) string) string {
	return under(base(runtime.GOOS, env, "XDG_CONFIG_HOME"), "elios", "config.yaml")
}

// SpeechCache is the folder of what was read aloud: $XDG_CACHE_HOME/elios/speech;
// "" when the environment names no home folder.
func SpeechCache(env func(string) string) string {
	return under(base(runtime.GOOS, env, "XDG_CACHE_HOME"), "elios", "speech")
}

// base is a folder of the XDG base directory specification; macOS keeps data and
// settings under Library/Application Support, Windows has variables of its own.
func base(system string, env func(string) string, xdg string) string {
	if dir := env(xdg); filepath.IsAbs(dir) { // the specification: a relative one is ignored
		return dir
	}
	data, cache := xdg == "XDG_DATA_HOME", xdg == "XDG_CACHE_HOME"
	switch {
	case system == "windows" && (data || cache):
		return firstOf(env("LOCALAPPDATA"), under(env("USERPROFILE"), "AppData", "Local"))
	case system == "windows":
		return firstOf(env("APPDATA"), under(env("USERPROFILE"), "AppData", "Roaming"))
	case system == "darwin" && cache:
		return under(env("HOME"), "Library", "Caches")
	case system == "darwin":
		return under(env("HOME"), "Library", "Application Support")
	case data:
		return under(env("HOME"), ".local", "share")
	case cache:
		return under(env("HOME"), ".cache")
	}
	return under(env("HOME"), ".config")
}

// under joins a path, but makes no relative one out of a folder nobody knows.
func under(dir string, names ...string) string {
	if dir == "" {
		return ""
	}
	return filepath.Join(append([]string{dir}, names...)...)
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// resolve reads a path as a settings file means it: ~ is the home folder, and a
// relative path starts at the folder of the file. From the folder somebody
// happens to stand in, each folder would have a database of its own.
func resolve(env func(string) string, file, path string) string {
	home := firstOf(env("HOME"), env("USERPROFILE"))
	if rest, ok := strings.CutPrefix(filepath.ToSlash(path), "~/"); ok && home != "" {
		return filepath.Join(home, filepath.FromSlash(rest))
	}
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(file), path)
}
