package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/elios/elios/internal/session"
)

// MaxImportLine is the longest line Import takes, in bytes: an interview.
const MaxImportLine = 64 << 20

// imported is an interview of an export with the number of its line.
type imported struct {
	line int
	exported
}

// Import adds the interviews of an export, all of them or none. An interview
// that is here with the same events is skipped. Invalid, with the number of the
// line, for anything that Export would not have written; Conflict for an
// interview that is here with other events.
func (s *Store) Import(ctx context.Context, r io.Reader) (added, skipped int, err error) {
	// All is read first: while a slow pipe is read nobody could write.
	list, err := readExport(ctx, r)
	if err != nil {
		return 0, 0, err
	}
	err = s.write(ctx, "import", func(c *conn) error {
		added, skipped = 0, 0
		for i := range list {
			isNew, err := add(c, &list[i])
			switch {
			case err != nil:
				return lineError(wrap(err, s.path, "import"), list[i].line)
			case isNew:
				added++
			default:
				skipped++
			}
		}
		return nil
	})
	if err != nil {
		return 0, 0, err
	}
	return added, skipped, nil
}

// readExport reads and checks every line.
func readExport(ctx context.Context, r io.Reader) ([]imported, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, MaxImportLine)
	var list []imported
	n := 0
	for lines.Scan() {
		n++
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if n == 1 {
			if err := checkHeader(lines.Bytes()); err != nil {
				return nil, err
			}
			continue
		}
		x, err := readLine(lines.Bytes())
		if err != nil {
			return nil, session.Errorf(session.Invalid, "line %d: %w; nothing was imported", n, err)
		}
		list = append(list, imported{n, x})
	}
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return nil, session.Errorf(session.Invalid, "line %d is longer than %d MiB; nothing was imported", n+1, MaxImportLine>>20)
	case err != nil:
		return nil, fmt.Errorf("import: %w", err)
	case n == 0:
		return nil, checkHeader(nil)
	}
	return list, nil
}

func checkHeader(line []byte) error {
	var h exportHeader
	if err := strict(line, &h); err != nil || h.Elios != exportFormat {
		return session.Errorf(session.Invalid, "line 1: this is not an export of elios; it should begin with {\"elios\":%q}", exportFormat)
	}
	return nil
}

// add writes one interview unless it is here already.
func add(c *conn, x *imported) (isNew bool, err error) {
	have, err := loadEvents(c, x.Interview.ID, 0, 0)
	if err != nil {
		return false, err
	}
	if len(have) > 0 {
		if !sameEvents(have, x.Events) {
			return false, session.Errorf(session.Conflict,
				"line %d: interview %s is here already with other events; delete it first, or leave that line out; nothing was imported",
				x.line, x.Interview.ID)
		}
		return false, nil
	}
	var o ops
	o.imported(x)
	if o.err != nil {
		return false, o.err
	}
	if err := c.run(o.list); err != nil {
		return false, err
	}
	if x.Job == nil {
		return true, nil
	}
	_, err = putJob(c, x.Interview.ID, session.Job{Turn: x.Job.Turn, Evaluator: x.Job.Evaluator, RunAt: x.Job.RunAt, Epoch: 1, Attempt: x.Job.Attempt})
	return true, err
}

// lineError makes what the schema refuses a mistake of the file. What has a
// kind, such as a full disk, says enough.
func lineError(err error, line int) error {
	if err == nil || session.KindOf(err) != session.Internal {
		return err
	}
	return session.Errorf(session.Invalid, "line %d: the interview holds something it cannot: %w; nothing was imported", line, err)
}

// sameEvents compares what would be written with what is.
func sameEvents(a, b []session.Event) bool {
	var left, right ops
	left.events("", a)
	right.events("", b)
	return left.err == nil && right.err == nil && reflect.DeepEqual(left.list, right.list)
}

func (o *ops) imported(x *imported) {
	iv := x.Interview
	o.newInterview(iv, nowhere)
	o.parts(iv, touched{all: true})
	o.events(iv.ID, x.Events)
	for _, r := range x.Commands {
		o.command(session.CommandRecord{Interview: iv.ID, ID: r.ID, Hash: r.Hash, Ack: r.Ack})
	}
	for turn, draft := range x.Drafts {
		o.add(saveDraft, draft, iv.ID, turn)
	}
}
