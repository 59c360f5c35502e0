package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// strict refuses what readers of JSON understand in different ways: a key that
// stands twice in an object (also in other case, since Go's reader does not tell
// it apart), more than one value, and nesting that costs more than it says.
func strict(b []byte) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := value(d, 0); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return Errorf(CodeBadJSON, "there is more than one JSON value")
	}
	return nil
}

func value(d *json.Decoder, depth int) error {
	t, err := token(d)
	if err != nil {
		return err
	}
	open, nested := t.(json.Delim)
	if !nested {
		return nil
	}
	if depth == MaxDepth {
		return Errorf(CodeBadMessage, "the JSON nests deeper than %d levels", MaxDepth)
	}
	keys := map[string]bool{}
	for d.More() {
		if open == '{' {
			if err := key(d, keys); err != nil {
				return err
			}
		}
		if err := value(d, depth+1); err != nil {
			return err
		}
	}
	_, err = token(d)
	return err
}

// key takes the next key of an object, which must be new.
func key(d *json.Decoder, seen map[string]bool) error {
	t, err := token(d)
	if err != nil {
		return err
	}
	name, _ := t.(string)
	folded := strings.ToLower(name)
	if seen[folded] {
		return Errorf(CodeBadMessage, "the key %q stands twice in an object", name)
	}
	seen[folded] = true
	return nil
}

func token(d *json.Decoder) (json.Token, error) {
	t, err := d.Token()
	if err != nil {
		return nil, Errorf(CodeBadJSON, "this is not JSON: %s", plain(err))
	}
	return t, nil
}

// plain says what is wrong with JSON without the names of our types.
func plain(err error) string {
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		return wrong.Field + " cannot be a " + wrong.Value
	case errors.As(err, &wrong):
		return "it cannot be a " + wrong.Value
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "it ends too early"
	}
	return strings.TrimPrefix(err.Error(), "json: ")
}
