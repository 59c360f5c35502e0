package config

import (
	"path/filepath"
	"runtime"
)

// DataDir is the folder of the database and of the user's own banks:
// $XDG_DATA_HOME/elios, or what the system has in its place. The environment is
// handed in, so that a test never meets the real one.
func DataDir(env func(string) string) string {
	return filepath.Join(base(env, "XDG_DATA_HOME", "LOCALAPPDATA", ".local", "share"), "elios")
}

// ConfigFile is where the settings are looked for: $XDG_CONFIG_HOME/elios/config.yaml.
func ConfigFile(env func(string) string) string {
	return filepath.Join(base(env, "XDG_CONFIG_HOME", "APPDATA", ".config"), "elios", "config.yaml")
}

// base is a folder of the XDG base directory specification; macOS keeps both
// kinds under Library/Application Support, Windows has variables of its own.
func base(env func(string) string, xdg, windows string, home ...string) string {
	if dir := env(xdg); filepath.IsAbs(dir) { // the specification: a relative one is ignored
		return dir
	}
	switch runtime.GOOS {
	case "windows":
		if dir := env(windows); dir != "" {
			return dir
		}
		return filepath.Join(env("USERPROFILE"), "AppData", "Local")
	case "darwin":
		return filepath.Join(env("HOME"), "Library", "Application Support")
	}
	return filepath.Join(append([]string{env("HOME")}, home...)...)
}
