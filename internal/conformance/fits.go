package conformance

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/elios/elios/api"
)

// fits holds a message against the published schema, and against what no client
// may ever see.
func (p *probe) fits(kind string, isEvent bool, b []byte) {
	name := "message_" + kind
	if isEvent {
		name = "event_" + kind
	}
	s, err := schema(name)
	if err != nil {
		other, known := "a seq", "event_"
		if isEvent {
			other, known = "no seq", "message_"
		}
		_, err := schema(known + kind)
		want(err != nil, "%s has to have %s", kind, other)
		fail("there is no message %q in the protocol", kind)
	}
	if err := valid(s, b); err != nil {
		fail("%s does not fit its schema: %s", kind, misfits(err))
	}
	for _, secret := range []string{`"full":`, `"plan":`, `"targets":`} {
		want(!bytes.Contains(b, []byte(secret)), "%s tells what only the server may know: %s", kind, secret)
	}
	p.keepsTokens(kind, b)
}

// keepsTokens wants no token to come back.
func (p *probe) keepsTokens(what string, b []byte) {
	for _, s := range p.secrets() {
		want(s.Empty() || !bytes.Contains(b, []byte(s.Reveal())), "%s holds a token", what)
	}
}

// valid holds JSON against a schema.
func valid(s *jsonschema.Schema, b []byte) error {
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		return fmt.Errorf("it is no JSON: %w", err)
	}
	return s.Validate(v)
}

// misfits are what a validator finds, in one line: the places alone, not the
// schemas around them.
func misfits(err error) string {
	var v *jsonschema.ValidationError
	if !errors.As(err, &v) {
		return oneLine(err.Error())
	}
	found := innermosts(v)
	slices.Sort(found) // the validator goes through objects in any order
	found = slices.Compact(found)
	const most = 3
	more := ""
	if n := len(found) - most; n > 0 {
		found, more = found[:most], fmt.Sprintf("; and %d more", n)
	}
	return strings.Join(found, "; ") + more
}

// innermosts are the errors that have no further cause.
func innermosts(v *jsonschema.ValidationError) (out []string) {
	for _, c := range v.Causes {
		out = append(out, innermosts(c)...)
	}
	if len(v.Causes) == 0 {
		out = append(out, oneLine(strings.TrimPrefix(v.Error(), "at '': ")))
	}
	return out
}

var compiled struct {
	sync.Mutex
	compiler *jsonschema.Compiler
}

// schema is a definition of api/schemas.json.
func schema(name string) (*jsonschema.Schema, error) {
	compiled.Lock()
	defer compiled.Unlock()
	const where = "mem:///schemas.json"
	if compiled.compiler == nil {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(api.Schemas()))
		if err != nil {
			return nil, fmt.Errorf("schemas: %w", err)
		}
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		if err := c.AddResource(where, doc); err != nil {
			return nil, fmt.Errorf("schemas: %w", err)
		}
		compiled.compiler = c
	}
	return compiled.compiler.Compile(where + "#/$defs/" + name)
}
