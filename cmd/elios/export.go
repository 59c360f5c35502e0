package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// exporter writes reports into files of the folder elios was started in.
func exporter(a *app, ivs session.Interviews) func(ctx context.Context, id, format string) (string, error) {
	return exportWith(ivs, a.about)
}

func exportWith(ivs session.Interviews, aboutOf func(context.Context, session.Report) report.About) func(ctx context.Context, id, format string) (string, error) {
	return func(ctx context.Context, id, format string) (string, error) {
		r, err := ivs.Report(ctx, id)
		if err != nil {
			return "", err
		}
		about := aboutOf(ctx, r)
		return writeNew("elios-report-"+shortRef(r.Interview.ID), format, func(w io.Writer) error {
			return report.Write(w, r, about, format)
		})
	}
}

// shortRef is enough of an id to tell files apart.
func shortRef(id string) string { return id[:min(13, len(id))] }

// mostCopies is how many reports of the same name there may be.
const mostCopies = 1000

// writeNew writes a file under the first name that is still free: a report
// never takes the place of another file.
func writeNew(name, format string, write func(io.Writer) error) (string, error) {
	for i := 1; i <= mostCopies; i++ {
		path := name + "." + format
		if i > 1 {
			path = fmt.Sprintf("%s-%d.%s", name, i, format)
		}
		switch err := writeWhole(path, false, write); {
		case errors.Is(err, fs.ErrExist):
		case err != nil:
			return "", fmt.Errorf("%w; start elios in a folder you may write to", cause(err))
		default:
			return path, nil
		}
	}
	return "", fmt.Errorf("%s.%s and %d more are there already; move them away", name, format, mostCopies-1)
}
