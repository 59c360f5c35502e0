// Package api holds the documents of the protocol elios.v1 for other programs:
// api/asyncapi.yaml for WebSocket, api/openapi.yaml for plain HTTP, and
// api/schemas.json with the data of both, which is made from the Go types.
package api

import (
	_ "embed" // the documents
	"encoding/json"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:generate go test ../internal/wire -run TestSchemasAreCurrent -update

//go:embed asyncapi.yaml
var asyncAPI []byte

//go:embed openapi.yaml
var openAPI []byte

//go:embed schemas.json
var schemas []byte

// AsyncAPI is the document of the WebSocket (AsyncAPI 3.0) as JSON, with all
// that it refers to inside.
func AsyncAPI() ([]byte, error) { return whole("asyncapi.yaml", asyncAPI) }

// OpenAPI is the document of plain HTTP (OpenAPI 3.1) as JSON, with all that it
// refers to inside.
func OpenAPI() ([]byte, error) { return whole("openapi.yaml", openAPI) }

// Schemas are the schemas of the data (JSON Schema 2020-12), under $defs.
func Schemas() []byte { return append([]byte(nil), schemas...) }

// whole puts the schemas into a document.
func whole(name string, document []byte) ([]byte, error) {
	var doc map[string]any
	if err := yaml.Unmarshal(document, &doc); err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	var defs struct {
		Defs map[string]any `json:"$defs"`
	}
	if err := json.Unmarshal(schemas, &defs); err != nil {
		return nil, fmt.Errorf("read schemas.json: %w", err)
	}
	components, ok := doc["components"].(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s has no components", name)
	}
	components["schemas"] = defs.Defs
	return json.Marshal(inside(doc))
}

// inside makes references to schemas.json, and those within it, references
// within the document. Everything else stays as it is.
func inside(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, w := range v {
			ref, isText := w.(string)
			if key == "$ref" && isText {
				out[key] = refInside(ref)
				continue
			}
			out[key] = inside(w)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, w := range v {
			out[i] = inside(w)
		}
		return out
	}
	return v
}

func refInside(ref string) string {
	if _, name, ok := strings.Cut(ref, "#/$defs/"); ok {
		return "#/components/schemas/" + name
	}
	return ref
}
