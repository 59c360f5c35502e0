package bank

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// Where a bank comes from, as session.BankInfo.Source says it.
const (
	BuiltIn = "built-in"
	User    = "user"
)

// Library holds the built-in banks and the user's own. A user's bank with the
// id of a built-in one takes its place. Banks are decoded when they are first
// asked for, and again when their files change. It is safe for concurrent use.
type Library struct {
	builtin fs.FS
	dir     string
	idsOnly bool

	mu     sync.Mutex
	cache  map[string]cached // by place
	broken []error           // of the last listing
}

var _ session.Library = (*Library)(nil)

// NewLibrary makes a library of the *.yaml files of builtin and of the files
// and folders in dir, which need not exist. Nothing is read yet.
func NewLibrary(builtin fs.FS, dir string) *Library {
	return &Library{builtin: builtin, dir: dir, cache: map[string]cached{}}
}

// IDsOnly refuses paths as the name of a bank from now on: a server must not
// read files that a remote person names. It returns the library.
func (l *Library) IDsOnly() *Library {
	l.idsOnly = true
	return l
}

// Dir is the folder of the user's own banks.
func (l *Library) Dir() string { return l.dir }

// Banks lists every bank that can be loaded, by title. What cannot be is left
// out, and Broken says why.
func (l *Library) Banks(ctx context.Context) ([]session.BankInfo, error) {
	banks, err := l.all(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]session.BankInfo, 0, len(banks))
	for _, b := range banks {
		info := b.bank.Info()
		info.Source = b.source
		out = append(out, info)
	}
	slices.SortFunc(out, func(a, b session.BankInfo) int {
		return strings.Compare(a.Title+"\x00"+a.ID, b.Title+"\x00"+b.ID)
	})
	return out, nil
}

// Broken is why banks are missing from the last listing: for each an *Error or
// an error of the file system. It lists first when nothing has been listed yet.
func (l *Library) Broken(ctx context.Context) []error {
	l.mu.Lock()
	fresh := l.broken == nil
	l.mu.Unlock()
	if fresh {
		if _, err := l.all(ctx); err != nil {
			return []error{err}
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.broken)
}

// Bank finds a bank by its id or else by the path of its file or folder.
// NotFound for neither; Invalid, with the *Error inside, for a path whose bank
// is broken.
func (l *Library) Bank(ctx context.Context, arg string) (*Bank, error) {
	if slugs.MatchString(arg) {
		b, err := l.byID(ctx, arg)
		if b != nil || err != nil {
			return b, err
		}
	}
	if l.idsOnly {
		return nil, l.notFound(ctx, arg)
	}
	b, err := Load(arg)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, l.notFound(ctx, arg)
	case err != nil:
		return nil, session.Errorf(session.Invalid, "%w", err)
	}
	return b, nil
}

// Select draws the questions of an interview, as session.Library has it.
// Errors are those of Bank and of the function Select.
func (l *Library) Select(ctx context.Context, s session.Settings, recent map[string]time.Time) (session.BankRef, []rubric.Question, error) {
	b, err := l.Bank(ctx, s.Bank)
	if err != nil {
		return session.BankRef{}, nil, err
	}
	questions, err := Select(b, s, recent)
	if err != nil {
		return session.BankRef{}, nil, err
	}
	return b.Ref(), questions, nil
}

// Questions lists the questions of a bank, as session.Library has it. Errors
// are those of Bank.
func (l *Library) Questions(ctx context.Context, arg string) ([]session.QuestionInfo, error) {
	b, err := l.Bank(ctx, arg)
	if err != nil {
		return nil, err
	}
	return b.QuestionInfos(), nil
}

// notFound names the banks there are, unless a file was meant.
func (l *Library) notFound(ctx context.Context, arg string) error {
	if !l.idsOnly && !slugs.MatchString(arg) {
		return session.Errorf(session.NotFound, "there is no file or folder %q, nor a bank of this id", printable(shorten(arg)))
	}
	banks, err := l.all(ctx)
	if err != nil {
		return err
	}
	var there []string
	for _, b := range banks {
		there = append(there, b.bank.ID)
	}
	slices.Sort(there)
	for _, broken := range l.Broken(ctx) {
		if e := new(brokenError); errors.As(broken, &e) && e.id == arg {
			return session.Errorf(session.Invalid, "bank %s cannot be loaded:\n%w", shorten(arg), broken)
		}
	}
	return session.Errorf(session.NotFound, "there is no bank %q%s", printable(shorten(arg)), existing(arg, there))
}
