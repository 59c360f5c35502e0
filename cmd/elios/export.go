package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// exporter writes reports into files of the folder elios was started in.
func exporter(ivs session.Interviews) func(ctx context.Context, id, format string) (string, error) {
	return func(ctx context.Context, id, format string) (string, error) {
		r, err := ivs.Report(ctx, id)
		if err != nil {
			return "", err
		}
		var b bytes.Buffer
		if err := report.Write(&b, r, format); err != nil {
			return "", err
		}
		return writeNew("elios-report-"+shortRef(r.Interview.ID), format, b.Bytes())
	}
}

// shortRef is enough of an id to tell files apart.
func shortRef(id string) string { return id[:min(13, len(id))] }

// mostCopies is how many reports of the same name there may be.
const mostCopies = 1000

// writeNew writes a file only its owner can read, under the first name that is
// still free: a report never takes the place of another file.
func writeNew(name, format string, data []byte) (string, error) {
	for i := 1; i <= mostCopies; i++ {
		path := name + "." + format
		if i > 1 {
			path = fmt.Sprintf("%s-%d.%s", name, i, format)
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", fmt.Errorf("%w; start elios in a folder you may write to", cause(err))
		}
		_, err = f.Write(data)
		if err = errors.Join(err, f.Close()); err != nil {
			return "", errors.Join(err, os.Remove(path)) // half a report is none
		}
		return path, nil
	}
	return "", fmt.Errorf("%s.%s and %d more are there already; move them away", name, format, mostCopies-1)
}
