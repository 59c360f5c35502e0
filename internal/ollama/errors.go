package ollama

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/ollama/ollama/api"

	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/text"
)

// What can go wrong, for errors.Is. Every error of this package is a session.Error of the kind
// Unavailable around one of these (or ctx's own error); its message says what to do.
var (
	ErrUnreachable = errors.New("ollama is not running")
	ErrForbidden   = errors.New("ollama refuses this host name")
	ErrNoModel     = errors.New("the model is not installed")
	ErrBusy        = errors.New("ollama is busy")
	ErrStopped     = errors.New("the model's process stopped")
	ErrDropped     = errors.New("the reply broke off")
	ErrSilent      = errors.New("no reply in time")
	ErrContext     = errors.New("the prompt is longer than the model's context")
	ErrCut         = errors.New("the reply was cut off")
	ErrReply       = errors.New("the reply is no judgement")
	ErrOpen        = errors.New("ollama failed too often")
	ErrQueue       = errors.New("too many answers wait")
	ErrRefused     = errors.New("ollama refused the request")
	ErrPull        = errors.New("the model was not installed")
	ErrUnknown     = errors.New("there is no such model")
)

// sayings are what people read of each. %[1]s is the model, %[2]s the server.
var sayings = map[error]string{
	ErrUnreachable: "Ollama does not answer at %[2]s; start it (ollama serve), set OLLAMA_HOST, or judge with --evaluator builtin",
	ErrForbidden:   "Ollama at %[2]s refuses this host name; use its address or localhost in OLLAMA_HOST, or let the server allow it (OLLAMA_ORIGINS)",
	ErrNoModel:     "Ollama has no model %[1]s; install it: ollama pull %[1]s",
	ErrBusy:        "Ollama is busy; try again in a moment",
	ErrStopped:     "the model %[1]s stopped in the middle of its work; if that happens again, it may need more memory than there is (elios doctor)",
	ErrDropped:     "the reply of %[1]s broke off before it was whole: the connection to Ollama was lost, or the model repeated itself without end",
	ErrSilent:      "%[1]s gave no sign of life for too long; a smaller model answers sooner",
	ErrContext:     "question and answers do not fit into the context of %[1]s; a shorter answer does, or a model with a larger context",
	ErrCut:         "%[1]s did not come to an end with its reply",
	ErrReply:       "%[1]s did not reply in the form that was asked for; a larger model does (docs/models.md)",
	ErrOpen:        "Ollama has failed several times in a row; elios asks it again in a few seconds",
	ErrQueue:       "too many answers wait for %[1]s; try again in a moment",
	ErrRefused:     "Ollama refused the request",
	ErrPull:        "Ollama could not fetch %[1]s; it needs the network for that; what it has so far is kept, so try again",
	ErrUnknown:     "there is no model %[1]s to fetch; docs/models.md names the suitable ones",
}

// failure is what is known when something goes wrong.
type failure struct {
	model, server string
}

// say wraps one of the errors above for people.
func (f failure) say(what, cause error) error {
	message := sayings[what]
	if strings.Contains(message, "%[") {
		message = fmt.Sprintf(message, f.model, f.server)
	}
	return &session.Error{Kind: session.Unavailable, Message: message, Err: errors.Join(what, cause)}
}

// explain finds out what an error of a request means.
func (f failure) explain(ctx context.Context, err error) error {
	var status api.StatusError
	switch {
	case err == nil:
		return nil
	case errors.Is(context.Cause(ctx), ErrSilent):
		return f.say(ErrSilent, err)
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &status):
		return f.explainStatus(status)
	}
	if what := byWords(err.Error()); what != nil {
		return f.say(what, err)
	}
	if strings.Contains(err.Error(), "connection refused") || strings.Contains(err.Error(), "no such host") || strings.Contains(err.Error(), "dial tcp") {
		return f.say(ErrUnreachable, err)
	}
	return f.say(ErrDropped, err)
}

func (f failure) explainStatus(s api.StatusError) error {
	switch {
	case s.StatusCode == http.StatusForbidden:
		return f.say(ErrForbidden, s)
	case s.StatusCode == http.StatusNotFound:
		return f.say(ErrNoModel, s)
	case s.StatusCode == http.StatusServiceUnavailable, s.StatusCode == http.StatusTooManyRequests:
		return f.say(ErrBusy, s)
	}
	if what := byWords(s.ErrorMessage); what != nil {
		return f.say(what, s)
	}
	if s.StatusCode >= http.StatusInternalServerError {
		return f.say(ErrStopped, s)
	}
	err := f.say(ErrRefused, s).(*session.Error)
	if said := text.Clean(s.ErrorMessage); said != "" {
		err.Message += ": " + said
	}
	return err
}

// byWords knows what Ollama says in a status of 500 or in the last line of a reply.
func byWords(said string) error {
	for _, known := range []struct {
		words string
		what  error
	}{
		{"exceeds the context length", ErrContext},
		{"exceed_context_size", ErrContext},
		{"not found", ErrNoModel},
		{"maximum pending requests", ErrBusy},
		{"unexpectedly stopped", ErrStopped},
		{"unexpected EOF", ErrStopped},
		{"error was encountered while running the model", ErrStopped},
		{"llama runner process", ErrStopped},
	} {
		if strings.Contains(said, known.words) {
			return known.what
		}
	}
	return nil
}

// passing tells whether the same request may well succeed a moment later.
func passing(err error) bool {
	for _, what := range []error{ErrUnreachable, ErrBusy, ErrStopped, ErrDropped} {
		if errors.Is(err, what) {
			return true
		}
	}
	return false
}
