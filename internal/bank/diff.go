package bank

import (
	"fmt"
	"reflect"
	"slices"
)

// Rise is the part of a version that a change calls for.
type Rise int

// The parts of a version, by what changed: wording; points or cases added; or
// something that makes scores incomparable.
const (
	NoRise Rise = iota
	Patch
	Minor
	Major
)

// String names the part.
func (r Rise) String() string {
	return [...]string{"none", "patch", "minor", "major"}[r]
}

// MarshalText writes the name.
func (r Rise) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// Change is one thing that two versions of a bank differ in.
type Change struct {
	Question string `json:"question,omitempty"` // none: the bank as a whole
	What     string `json:"what"`
	Rise     Rise   `json:"rise"`
}

// Diff lists what changed from one version of a bank to another, by what it
// means to an interview and not by how the files look.
func Diff(a, b *Bank) []Change {
	d := &diff{}
	d.text("title", a.Title, b.Title)
	d.text("description", a.Description, b.Description)
	d.text("license", a.License, b.License)
	d.value("authors", Patch, a.Authors, b.Authors)
	d.value("topics", Patch, a.Topics, b.Topics)
	d.value("test", Patch, a.Test, b.Test)
	if a.Language != b.Language {
		d.add(Major, "language is %s, was %s", b.Language, a.Language)
	}
	for i := range a.Questions {
		old := &a.Questions[i]
		d.question = old.ID
		if now := b.Question(old.ID); now != nil {
			d.questions(old, now)
		} else {
			d.add(Major, "the question is gone")
		}
	}
	for i := range b.Questions {
		if d.question = b.Questions[i].ID; a.Question(d.question) == nil {
			d.add(Minor, "the question is new")
		}
	}
	return d.changes
}

// Needed is the largest rise that changes call for.
func Needed(changes []Change) Rise {
	most := NoRise
	for _, c := range changes {
		most = max(most, c.Rise)
	}
	return most
}

// diff gathers changes.
type diff struct {
	question string
	changes  []Change
}

func (d *diff) add(r Rise, format string, args ...any) {
	d.changes = append(d.changes, Change{d.question, fmt.Sprintf(format, args...), r})
}

// text notes a change of wording.
func (d *diff) text(what, a, b string) {
	switch {
	case a == b:
	case a == "":
		d.add(Patch, "%s is new", what)
	case b == "":
		d.add(Patch, "%s is gone", what)
	default:
		d.add(Patch, "%s is worded differently", what)
	}
}

// value notes that two values differ.
func (d *diff) value(what string, r Rise, a, b any) {
	if !reflect.DeepEqual(a, b) {
		d.add(r, "%s changed", what)
	}
}

func (d *diff) number(what string, a, b float64) {
	if a != b {
		d.add(Major, "%s is %g, was %g", what, b, a)
	}
}

// pairs goes through two lists by their ids: what is gone, what is new, and
// what is in both.
func pairs[T any](a, b []T, id func(T) string, gone, added func(string), both func(x, y T)) {
	find := func(list []T, want string) int {
		return slices.IndexFunc(list, func(v T) bool { return id(v) == want })
	}
	for _, x := range a {
		if i := find(b, id(x)); i < 0 {
			gone(id(x))
		} else {
			both(x, b[i])
		}
	}
	for _, y := range b {
		if find(a, id(y)) < 0 {
			added(id(y))
		}
	}
}
