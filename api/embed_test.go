package api_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/elios/elios/api"
)

func TestDocumentsAreWhole(t *testing.T) {
	for name, doc := range map[string]func() ([]byte, error){"AsyncAPI": api.AsyncAPI, "OpenAPI": api.OpenAPI} {
		b, err := doc()
		if err != nil || !json.Valid(b) {
			t.Fatalf("%s: %v", name, err)
		}
		if strings.Contains(string(b), "./schemas.json") || strings.Contains(string(b), "#/$defs/") {
			t.Errorf("%s refers to what is not in it", name)
		}
		var whole map[string]any
		if err := json.Unmarshal(b, &whole); err != nil {
			t.Fatal(err)
		}
		for _, ref := range refs(whole) {
			if !found(whole, ref) {
				t.Errorf("%s: nothing is at %s", name, ref)
			}
		}
	}
}

// refs lists every reference.
func refs(v any) (out []string) {
	switch v := v.(type) {
	case map[string]any:
		for key, w := range v {
			if ref, ok := w.(string); ok && key == "$ref" {
				out = append(out, ref)
			}
			out = append(out, refs(w)...)
		}
	case []any:
		for _, w := range v {
			out = append(out, refs(w)...)
		}
	}
	return out
}

// found follows a reference (JSON Pointer, RFC 6901).
func found(v any, ref string) bool {
	for _, step := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
		step = strings.ReplaceAll(strings.ReplaceAll(step, "~1", "/"), "~0", "~")
		m, ok := v.(map[string]any)
		if !ok {
			return false
		}
		if v, ok = m[step]; !ok {
			return false
		}
	}
	return true
}
