package tui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/elios/elios/internal/session"
)

// Options is what the screens need of the world.
type Options struct {
	Interviews session.Interviews // home, setup, history and reports
	Room       session.Room       // start inside this interview; nil: at home
	Settings   session.Settings   // what the setup page begins with, but for what the latest interview says
	FirstBank  string             // chosen before there was any interview; "": the first of the list
	Start      bool               // create an interview from Settings at once
	Evaluator  string             // who would judge, for the header: "built-in evaluator"
	Evaluators []string           // the names to choose from; nil: auto and builtin
	// Doctor says in a line how the evaluator is, such as "Ollama is running".
	// It may take its time; nil: the home page has no such line.
	Doctor func(ctx context.Context) string
	Editor string // command for ctrl+o, may hold flags; "": none
	// Calibration says in a line for each evaluator of a report how far it was held against people's
	// judgement; nil: reports do not say.
	Calibration func(ctx context.Context, r session.Report) []string
	// Export writes a report into a new file and says its name; nil: reports
	// cannot be exported.
	Export func(ctx context.Context, id, format string) (path string, err error)

	// Left is told, once the screens are gone, of an interview that was on them and is
	// not complete; nil: nobody wants to know.
	Left func(id string)

	Notices <-chan string // what the candidate should know, from outside of the screens; nil: nothing

	NewID  func() string // makes the ids of commands
	Now    func() time.Time
	Getenv func(string) string // locale; nil: os.Getenv

	In      io.Reader // nil: the terminal
	Out     io.Writer // nil: the terminal
	Program []tea.ProgramOption
}

// partTime is how long the last words may take to be saved after the screen is
// gone.
const partTime = 3 * time.Second

// Run shows the screens until the candidate quits. Whatever ends it, a draft is
// saved and an interview paused before it returns. An interrupt from outside is
// tea.ErrInterrupted, a done ctx its error, a bug a *CrashError.
func Run(ctx context.Context, o Options) error { return run(ctx, o, func(*tea.Program) {}) }

// run tells started of the program, which tests send their keys to.
func run(ctx context.Context, o Options, started func(*tea.Program)) error {
	o.fill()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	g := &guard{root: newRoot(newEnv(ctx, o), o)}
	opts := []tea.ProgramOption{tea.WithContext(ctx)}
	if o.In != nil {
		opts = append(opts, tea.WithInput(o.In))
	}
	if o.Out != nil {
		opts = append(opts, tea.WithOutput(o.Out))
	}
	p := tea.NewProgram(g, append(opts, o.Program...)...)
	g.quit = p.Quit
	started(p)
	_, err := p.Run()
	err = errors.Join(ended(ctx, g, err), g.part(ctx))
	if m, ok := g.screen.(*interview); ok && o.Left != nil && m.snap.State != session.Complete {
		o.Left(m.room.ID())
	}
	return err
}

func (o *Options) fill() {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Getenv == nil {
		o.Getenv = os.Getenv
	}
	if o.Evaluators == nil {
		o.Evaluators = []string{"auto", session.Builtin}
	}
}

func newEnv(ctx context.Context, o Options) *env {
	return &env{
		look: newLook(true, ASCIILocale(o.Getenv)), ctx: ctx, interviews: o.Interviews, newID: o.NewID, now: o.Now,
		evaluator: o.Evaluator, editor: o.Editor, writeReport: o.Export, calibration: o.Calibration,
		defaults: o.Settings, firstBank: o.FirstBank, judges: o.Evaluators, doctor: o.Doctor,
	}
}

// ended is why the program came to its end.
func ended(ctx context.Context, g *guard, err error) error {
	switch {
	case g.crashed() != nil:
		return g.crashed()
	case err == nil:
		return nil
	case errors.Is(err, tea.ErrInterrupted): // is also ErrProgramKilled
		return tea.ErrInterrupted
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return fmt.Errorf("terminal: %w", err)
}

// part leaves the interview that is still open: after SIGTERM, a closed
// terminal or a crash nobody else has.
func (r *root) part(ctx context.Context) (err error) {
	m := r.interview
	if m == nil || m.left {
		return nil
	}
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("leave interview: %v", v)
		}
	}()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), partTime)
	defer cancel()
	defer m.cancel()
	if err := m.parting()(ctx); err != nil {
		return fmt.Errorf("the interview was not left in order: %w", err)
	}
	return nil
}
