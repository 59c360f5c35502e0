package plain

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// ChooseBank asks a person which bank to practise with and gives its id. They
// type its number or its id; an empty line takes usual. It reads no further
// than the line that decides. The error is ctx's, the reader's or the
// writer's; io.EOF when the input ends.
func ChooseBank(ctx context.Context, in io.Reader, out io.Writer, banks []session.BankInfo, usual string) (string, error) {
	r := &runner{out: &printer{w: out}}
	for i, b := range banks {
		r.say("Bank %d: %s, %s, id %s.", i+1, report.Line(b.Title), report.Count(b.Questions, "question"), report.Line(b.ID))
	}
	title := usual
	if i := slices.IndexFunc(banks, func(b session.BankInfo) bool { return b.ID == usual }); i >= 0 {
		title = banks[i].Title
	}
	r.say("Which bank? Type its number or its id, or press return for %s.", report.Line(title))
	lines := newLineReader(byteByByte{in})
	for r.out.err == nil {
		line, err := nextLine(ctx, lines)
		if err != nil {
			return "", err
		}
		if strings.TrimSpace(line) == "" {
			return usual, nil
		}
		if id := bankMeant(banks, line); id != "" {
			return id, nil
		}
		r.say("There is no bank %s. Type a number from 1 to %d, or an id.", shortened(line), len(banks))
	}
	return "", r.out.err
}

// nextLine reads one line, and nothing after it.
func nextLine(ctx context.Context, lines *lineReader) (string, error) {
	type result struct {
		line string
		err  error
	}
	read := make(chan result, 1)
	go func() {
		line, err := lines.next()
		read <- result{line, err}
	}()
	select {
	case r := <-read:
		return r.line, r.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// bankMeant is the id of a bank by its number or its id, "" for neither.
func bankMeant(banks []session.BankInfo, line string) string {
	line = strings.TrimSpace(line)
	if n, err := strconv.Atoi(line); err == nil && n >= 1 && n <= len(banks) {
		return banks[n-1].ID
	}
	for _, b := range banks {
		if strings.EqualFold(b.ID, line) {
			return b.ID
		}
	}
	return ""
}

// shortened is what somebody typed, as far as it is worth repeating.
func shortened(line string) string {
	r := []rune(report.Line(line))
	return string(r[:min(len(r), 40)])
}

// byteByByte keeps a buffer from taking what the interview is to read.
type byteByByte struct{ r io.Reader }

func (b byteByByte) Read(p []byte) (int, error) { return b.r.Read(p[:min(len(p), 1)]) }
