package plain

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/elios/elios/internal/report"
	"github.com/elios/elios/internal/session"
)

// helpLines is what /help says.
var helpLines = []string{
	"Type your answer in as many lines as you like. A line holding only a dot hands it in.",
	"A line that has to begin with a dot begins with two dots.",
	"At the start of an answer a line can be one of these commands:",
	"/skip leaves the question unanswered.",
	"/hint gives a hint. Hints cost nothing and are counted.",
	"/repeat says the question again.",
	"/clear throws away what was typed before.",
	"/pause leaves the interview; it waits for you.",
	"/end ends the interview here and now.",
	"/retry evaluates the answer again when that has failed.",
	"/builtin goes on with the built-in evaluator.",
}

var commandNames = []string{"skip", "hint", "repeat", "clear", "pause", "end", "retry", "builtin", "help"}

// slashWord is a line that looks like a command.
var slashWord = regexp.MustCompile(`^/([a-z]+)\s*$`)

// commandName gives the name of the command a line may be. A path such as
// /etc/hosts is none.
func commandName(line string) (string, bool) {
	m := slashWord.FindStringSubmatch(line)
	if m == nil {
		return "", false
	}
	return m[1], true
}

func (r *runner) command(ctx context.Context, name string) error {
	switch name {
	case "skip":
		return r.handIn(ctx, session.Skip{Turn: r.snap.Turn})
	case "hint":
		return r.try(ctx, session.Hint{})
	case "end":
		return r.try(ctx, session.End{})
	case "retry":
		return r.try(ctx, session.Retry{})
	case "builtin":
		return r.try(ctx, session.UseBuiltin{})
	case "pause":
		r.leave(ctx)
	case "clear":
		r.typed = nil
		r.save(ctx)
		r.say("Cleared.")
	case "repeat":
		r.sayQuestion()
	default:
		r.help(name)
	}
	return nil
}

func (r *runner) help(name string) {
	if !slices.Contains(commandNames, name) {
		r.say("There is no command /%s; /help lists them. To begin an answer like this, put a space before it.", report.Line(name))
		return
	}
	for _, l := range helpLines {
		r.say("%s", l)
	}
}

// commandsNow lists what can be typed while an answer is evaluated.
func (r *runner) commandsNow() string {
	names := []string{"/builtin", "/pause", "/end", "/repeat"}
	if r.snap.Evaluator.Name == session.Builtin {
		names = names[1:]
	}
	if r.snap.Pending != nil {
		names = append([]string{"/retry"}, names...)
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}
