package server

import (
	"log/slog"

	"github.com/elios/elios/internal/session"
)

// logCommand notes that something was done. What was said stands in the log
// only where the host asked for it.
func (s *Server) logCommand(log *slog.Logger, cmd session.Command) {
	attrs := []any{"command", cmd.Type()}
	if a, ok := cmd.(session.Answer); ok {
		attrs = append(attrs, "turn", a.Turn, "bytes", len(a.Text))
		if s.cfg.LogAnswers {
			attrs = append(attrs, "text", a.Text)
		}
	}
	log.Info("command", attrs...)
}
