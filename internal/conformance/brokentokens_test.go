package conformance_test

import (
	"net/http"
	"strings"

	"github.com/elios/elios/internal/conformance"
	"github.com/elios/elios/internal/server/servertest"
	"github.com/elios/elios/internal/wire"
)

// poses takes a token for another one.
func poses(which func(o conformance.Tokens) wire.Secret, as func(o conformance.Tokens, h *servertest.Host) wire.Secret) func(conformance.Tokens, *servertest.Host) broken {
	return func(o conformance.Tokens, h *servertest.Host) broken {
		from, to := which(o).Reveal(), as(o, h).Reveal()
		return broken{
			toServer: replaced(from, to),
			request: func(r *http.Request) {
				if r.Header.Get("Authorization") == "Bearer "+from {
					r.Header.Set("Authorization", "Bearer "+to)
				}
			},
		}
	}
}

func candidates(o conformance.Tokens) wire.Secret                    { return o.Candidate }
func observers(o conformance.Tokens) wire.Secret                     { return o.Observer }
func invitations(o conformance.Tokens) wire.Secret                   { return o.Invitation }
func expireds(o conformance.Tokens) wire.Secret                      { return o.Expired }
func revokeds(o conformance.Tokens) wire.Secret                      { return o.Revoked }
func hosts(_ conformance.Tokens, h *servertest.Host) wire.Secret     { return h.Host }
func candidate(o conformance.Tokens, _ *servertest.Host) wire.Secret { return o.Candidate }

// faultsOfTokens are of who may do what.
var faultsOfTokens = map[string]fault{
	"expired tokens are good":           {with: poses(expireds, candidate), found: "tokens/expired"},
	"revoked tokens are good":           {with: poses(revokeds, candidate), found: "tokens/revoked"},
	"expired tokens are revoked":        {with: poses(expireds, func(o conformance.Tokens, _ *servertest.Host) wire.Secret { return o.Revoked }), found: "tokens/expired"},
	"candidates see everything":         {with: poses(candidates, hosts), found: "tokens/somebody-elses"},
	"candidates are hosts":              {with: poses(candidates, hosts), found: "tokens/candidate"},
	"ids of creates are the server's":   {with: poses(candidates, hosts), found: "tokens/create-ids"},
	"observers act":                     {with: poses(observers, hosts), found: "tokens/observer"},
	"observers see their own only":      {with: poses(observers, candidate), found: "tokens/observer"},
	"observers are told to try again":   {b: broken{message: swap("error", `"forbidden","message":"this token may watch`, `"paused","message":"this token may watch`)}, found: "tokens/observer"},
	"what is forbidden is not there":    {b: broken{message: swap("error", `"forbidden"`, `"not_found"`)}, found: "tokens/observer"},
	"invitations make any interview":    {with: poses(invitations, candidate), found: "tokens/invitation"},
	"invitations say nothing":           {b: broken{message: edit("welcome", within("token", set("invitation", nil)))}, found: "tokens/invitation"},
	"invitations forget what they made": {b: broken{message: edit("welcome", within("token", set("interview", nil)))}, found: "tokens/invitation"},
	"somebody else's is forbidden":      {b: broken{status: statusOf(404, 403)}, found: "tokens/somebody-elses"},
	"hosts act for candidates":          {b: accepts(wire.CodeForbidden), found: "tokens/host"},
	"hosts are not told whose":          {b: broken{body: renamed(`"names":`, `"people":`)}, found: "tokens/host"},
	"hosts see their own only": {with: func(_ conformance.Tokens, h *servertest.Host) broken {
		return broken{answer: func(w http.ResponseWriter, r *http.Request) bool {
			if !strings.HasPrefix(r.URL.Path, "/v1/invitations") {
				return false
			}
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write([]byte(`{"invitations":[]}`))
			return true
		}}
	}, found: "tokens/invitations"},
	"metrics are for nobody": {b: broken{answer: func(w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Path == "/metrics" {
			http.NotFound(w, r)
			return true
		}
		return false
	}}, found: "tokens/metrics"},
}
