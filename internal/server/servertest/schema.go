package servertest

import (
	"bytes"
	"fmt"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/elios/elios/api"
)

// Valid holds JSON against a definition of api/schemas.json, such as
// message_ack. Unlike a client, it takes no field that the schema does not know:
// one that was renamed has to be found.
func Valid(t testing.TB, definition string, body []byte) {
	t.Helper()
	s, err := strictSchema(definition)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		t.Fatalf("%s: %v", definition, err)
	}
	if err := s.Validate(v); err != nil {
		t.Errorf("%s does not fit its schema: %v\n%s", definition, err, body)
	}
}

var compiled = struct {
	sync.Mutex
	compiler *jsonschema.Compiler
}{}

// strictSchema compiles a definition.
func strictSchema(definition string) (*jsonschema.Schema, error) {
	compiled.Lock()
	defer compiled.Unlock()
	const url = "mem:///schemas.json"
	if compiled.compiler == nil {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(api.Schemas()))
		if err != nil {
			return nil, fmt.Errorf("schemas: %w", err)
		}
		closeObjects(doc)
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		if err := c.AddResource(url, doc); err != nil {
			return nil, fmt.Errorf("schemas: %w", err)
		}
		compiled.compiler = c
	}
	return compiled.compiler.Compile(url + "#/$defs/" + definition)
}

// closeObjects lets objects have no other fields than those that are named.
func closeObjects(v any) {
	switch v := v.(type) {
	case map[string]any:
		_, named := v["properties"]
		if _, said := v["additionalProperties"]; named && !said {
			v["additionalProperties"] = false
		}
		for _, w := range v {
			closeObjects(w)
		}
	case []any:
		for _, w := range v {
			closeObjects(w)
		}
	}
}
