package bank

import (
	"reflect"
	"strings"
	"sync"
)

// field is a key of a mapping and the struct field it fills.
type field struct {
	name     string
	index    []int
	required bool // its tag has no omitempty
}

var fieldCache sync.Map // of reflect.Type to []field

// fieldsOf lists the keys a struct takes, those of inlined structs too.
func fieldsOf(t reflect.Type) []field {
	if known, ok := fieldCache.Load(t); ok {
		return known.([]field)
	}
	var out []field
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name == "" || name == "-" {
			continue
		}
		out = append(out, field{name, f.Index, !strings.Contains(options, "omitempty")})
	}
	fieldCache.Store(t, out)
	return out
}

// namesOf lists the keys a struct takes.
func namesOf(fields []field) []string {
	var out []string
	for _, f := range fields {
		out = append(out, f.name)
	}
	return out
}

// find finds a key, nil when the struct does not take it.
func find(fields []field, name string) *field {
	for i := range fields {
		if fields[i].name == name {
			return &fields[i]
		}
	}
	return nil
}
