package store

import (
	"encoding/json"
	"fmt"
	"time"
)

// ops gathers the statements of a write before its turn comes, so that JSON is
// written by the many goroutines that wait and not by the one that writes. The
// first error is kept.
type ops struct {
	list []op
	err  error
}

func (o *ops) add(query string, args ...any) {
	o.list = append(o.list, op{query, args})
}

// json is a value for a JSON column: nil, and so NULL, for nil and for an empty
// list. Events leave both out, so rows must not tell them apart either.
func (o *ops) json(v any) any {
	b, err := json.Marshal(v)
	if err != nil && o.err == nil {
		o.err = err
	}
	if err != nil || string(b) == "null" || string(b) == "[]" {
		return nil
	}
	return string(b)
}

// jsonInto scans a JSON column into v; NULL leaves v alone.
type jsonInto struct{ v any }

// Scan implements sql.Scanner.
func (j jsonInto) Scan(src any) error {
	switch s := src.(type) {
	case nil:
		return nil
	case string:
		return json.Unmarshal([]byte(s), j.v)
	}
	return fmt.Errorf("a JSON column holds a %T", src)
}

// ms is a time for a column whose name ends in _ms.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// fromMs is the opposite of ms.
func fromMs(v int64) time.Time {
	if v == 0 {
		return time.Time{}
	}
	return time.UnixMilli(v).UTC()
}

// msInto scans a column whose name ends in _ms.
type msInto struct{ t *time.Time }

// Scan implements sql.Scanner.
func (m msInto) Scan(src any) error {
	v, ok := src.(int64)
	if !ok {
		return fmt.Errorf("a time column holds a %T", src)
	}
	*m.t = fromMs(v)
	return nil
}
