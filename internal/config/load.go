package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/agext/levenshtein"
	"go.yaml.in/yaml/v3"
)

// maxFile is the largest settings file that is read, in bytes.
const maxFile = 64 << 10

// Load reads the settings: flags (by key) over ELIOS_<KEY> over the file over
// the defaults. With file "" the usual place is looked at, and it is no error
// when nothing is there. An unknown key or a bad value is refused with where it
// stands.
func Load(env func(string) string, file string, flags map[string]string) (Config, error) {
	named := file != ""
	if !named {
		file = ConfigFile(env)
	}
	fromFile, err := readFile(file, named)
	if err != nil {
		return Config{}, err
	}
	var c Config
	for _, k := range keys() {
		v := choose(k, env, fromFile, flags)
		if err := k.set(&c, v.Value); err != nil {
			return Config{}, fmt.Errorf("%s: %s: %w", v.Origin, k.name, err)
		}
		c.values = append(c.values, v)
	}
	return c, nil
}

// choose takes a setting from the first that has it.
func choose(k key, env func(string) string, fromFile map[string]Value, flags map[string]string) Value {
	variable := "ELIOS_" + strings.ToUpper(k.name)
	if s, ok := flags[k.name]; ok {
		return Value{k.name, s, "flag"}
	}
	if s := env(variable); s != "" {
		return Value{k.name, s, variable}
	}
	if v, ok := fromFile[k.name]; ok {
		return v
	}
	return Value{k.name, k.def(env), "default"}
}

func readFile(file string, named bool) (map[string]Value, error) {
	info, err := os.Stat(file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !named:
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("settings: %w", err)
	case info.Size() > maxFile:
		return nil, fmt.Errorf("%s: larger than %d bytes; that is no settings file", file, maxFile)
	}
	body, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	return parse(filepath.Base(file), body)
}

// parse reads a flat YAML mapping of known keys.
func parse(name string, body []byte) (map[string]Value, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal(body, &doc); err != nil {
		return nil, fmt.Errorf("%s: %s", name, strings.TrimPrefix(err.Error(), "yaml: "))
	}
	if len(doc.Content) == 0 {
		return nil, nil // empty, or nothing but comments
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s:%d:%d: expected lines such as count: 4", name, root.Line, root.Column)
	}
	out := map[string]Value{}
	for i := 0; i+1 < len(root.Content); i += 2 {
		k, v := root.Content[i], root.Content[i+1]
		where := fmt.Sprintf("%s:%d", name, k.Line)
		if err := known(k.Value); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", where, k.Column, err)
		}
		if _, twice := out[k.Value]; twice {
			return nil, fmt.Errorf("%s:%d: %s stands there twice", where, k.Column, k.Value)
		}
		if v.Kind != yaml.ScalarNode {
			return nil, fmt.Errorf("%s:%d:%d: %s takes one value", name, v.Line, v.Column, k.Value)
		}
		out[k.Value] = Value{k.Value, v.Value, where}
	}
	return out, nil
}

// known refuses a key that does not exist, with the one that may be meant.
func known(name string) error {
	best, distance := "", 4
	for _, k := range keys() {
		if k.name == name {
			return nil
		}
		if d := levenshtein.Distance(name, k.name, nil); d < distance {
			best, distance = k.name, d
		}
	}
	if best == "" {
		return fmt.Errorf("unknown key %q", name)
	}
	return fmt.Errorf("unknown key %q; did you mean %q?", name, best)
}
