package ollama

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

// decoded is what a decoder tells of a text that comes in pieces.
func decoded(pieces ...string) (values map[string]string, grown map[string][]string) {
	values, grown = map[string]string{}, map[string][]string{}
	d := decoder{
		value: func(path []string, s string) { values[strings.Join(path, ".")] = s },
		text: func(path []string, s string) {
			key := strings.Join(path, ".")
			grown[key] = append(grown[key], s)
		},
	}
	for _, p := range pieces {
		d.write(p)
	}
	return values, grown
}

func TestDecoder(t *testing.T) {
	values, grown := decoded(`Sure: {"a":"on`, `e tw`, `o","b":{"c":1,"d":[true,"x"]},"e":"\u00e`, `4\ud83d`, `\ude00\"."`, `} and {"a":"no"}`)
	if want := map[string]string{"a": "one two", "b.c": "1", "b.d.": "x", "e": "ä😀\"."}; !reflect.DeepEqual(values, want) {
		t.Errorf("%q, want %q", values, want)
	}
	if want := []string{"on", "one tw"}; !reflect.DeepEqual(grown["a"], want) {
		t.Errorf("%q, want %q", grown["a"], want)
	}
	if want := []string{"", "ä"}; !reflect.DeepEqual(grown["e"], want) {
		t.Errorf("half an escape is shown: %q, want %q", grown["e"], want)
	}
}

// FuzzDecoder feeds byte by byte: what it tells of a flat object is what encoding/json reads, and
// nothing else makes it fail.
func FuzzDecoder(f *testing.F) {
	f.Add(`{"a":"b","c":1}`)
	f.Add(`{"a":"\ud83d\ude00","b":""}`)
	f.Add(`{"a":["}",{"b":"]"}],"c":true}`)
	f.Add(`}{][",:`)
	f.Fuzz(func(t *testing.T, s string) {
		pieces := make([]string, len(s))
		for i := range len(s) {
			pieces[i] = s[i : i+1]
		}
		values, _ := decoded(pieces...)
		var want map[string]string
		if json.Unmarshal([]byte(s), &want) != nil {
			return
		}
		for k, v := range want {
			if got, ok := values[k]; !strings.Contains(k, ".") && (!ok || got != v) {
				t.Errorf("%q: %q is %q, want %q", s, k, got, v)
			}
		}
	})
}
