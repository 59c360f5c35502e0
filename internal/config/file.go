package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"go.yaml.in/yaml/v3"
)

// maxFile is the largest settings file that is read, in bytes.
const maxFile = 64 << 10

// readFile reads the settings file, by key. A file nobody named may be missing.
func readFile(env func(string) string, file string, named bool) (map[string]Value, error) {
	f, err := os.Open(file)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !named:
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("settings: %w", err)
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, maxFile+1)) // a device has no size to ask for
	switch {
	case err != nil:
		return nil, fmt.Errorf("settings: %w", err)
	case len(body) > maxFile:
		return nil, fmt.Errorf("%s: larger than %d bytes; that is no settings file", file, maxFile)
	}
	values, err := parse(file, body)
	if err != nil {
		return nil, err
	}
	for _, k := range keys() {
		if v, ok := values[k.name]; ok && k.isPath {
			v.Value = resolve(env, file, v.Value)
			values[k.name] = v
		}
	}
	return values, nil
}

// parse reads a flat YAML mapping of known keys.
func parse(name string, body []byte) (map[string]Value, error) {
	root, err := document(name, body)
	if root == nil || err != nil {
		return nil, err
	}
	if root.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("%s:%d:%d: expected lines such as count: 4", name, root.Line, root.Column)
	}
	out := map[string]Value{}
	for i := 0; i+1 < len(root.Content); i += 2 {
		k, v := root.Content[i], root.Content[i+1]
		where := fmt.Sprintf("%s:%d", name, k.Line)
		if _, err := find(k.Value); err != nil {
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

// document is the root of the one document in a file, nil when there is nothing
// but comments. A second one would be settings that nobody reads.
func document(name string, body []byte) (*yaml.Node, error) {
	var first, second yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(body))
	switch err := dec.Decode(&first); {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, syntaxError(name, err)
	}
	switch err := dec.Decode(&second); {
	case errors.Is(err, io.EOF) && first.Content[0].Tag == "!!null":
		return nil, nil // a lone ---
	case errors.Is(err, io.EOF):
		return first.Content[0], nil
	case err != nil:
		return nil, syntaxError(name, err)
	}
	return nil, fmt.Errorf("%s:%d: a second document begins; settings are one", name, second.Line)
}

// syntaxError is what the parser says, with its line where other errors have it.
func syntaxError(name string, err error) error {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	if at, ok := strings.CutPrefix(message, "line "); ok {
		return fmt.Errorf("%s:%s", name, at)
	}
	return fmt.Errorf("%s: %s", name, message)
}
