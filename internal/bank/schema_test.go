package bank

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/elios/elios/banks"
)

// validator compiles the committed schema.
func validator(t *testing.T) *jsonschema.Schema {
	t.Helper()
	data, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("bank.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("bank.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// plain turns what YAML gives into what JSON would: keys are texts.
func plain(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for k := range v {
			v[k] = plain(v[k])
		}
		return v
	case map[any]any:
		out := map[string]any{}
		for k := range v {
			out[fmt.Sprint(k)] = plain(v[k])
		}
		return out
	case []any:
		for i := range v {
			v[i] = plain(v[i])
		}
	}
	return v
}

func validate(t *testing.T, s *jsonschema.Schema, data []byte) error {
	t.Helper()
	var v any
	if err := yaml.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return s.Validate(plain(v))
}

func TestSchemaTakesGoodBanks(t *testing.T) {
	s := validator(t)
	if err := validate(t, s, edit(t, "queues", "queues")); err != nil {
		t.Error(err)
	}
	names, err := fs.Glob(banks.FS, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := banks.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := validate(t, s, data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if data, err := os.ReadFile("testdata/folder/bank.yaml"); err != nil || validate(t, s, data) != nil {
		t.Error("the header of a folder is refused")
	}
}

// onlyLoader are the broken banks that no schema can refuse: their mistake is
// in what refers to what, or they are no YAML for every reader.
var onlyLoader = map[string]bool{
	"duplicate key": true, "merge key": true, "key that is no text": true, "strange tag": true, "false int": true,
	"no time": true, "long time": true, "topic twice": true, "dangling topic": true,
	"question twice": true, "point twice": true, "point of a follow-up twice": true, "dangling when": true,
	"impossible when": true, "dangling covers": true, "follow-up twice": true, "bound": true, "bound without a value": true,
	"upper bound": true, "wide bound": true, "turned bound": true, "bound of a dimension": true, "dangling dimension": true,
	"case twice": true, "answer that stands for nothing": true, "no ideal": true, "no say": true, "named answers": true,
	"expects both": true, "dangling misconception": true, "dangling follow-up": true, "unclosed quote": true,
	"list for a text": true, "empty text": true,
}

func TestSchemaRefusesBrokenBanks(t *testing.T) {
	s := validator(t)
	for _, c := range broken {
		if onlyLoader[c.name] {
			continue
		}
		if err := validate(t, s, edit(t, c.old, c.fresh)); err == nil {
			t.Errorf("%s is taken", c.name)
		}
	}
}
