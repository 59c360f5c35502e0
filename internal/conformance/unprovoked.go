package conformance

// Unprovoked is what no client can ask a server for, with the reason: it is of
// the protocol, and no check sees it. A test holds it against a whole run.
func Unprovoked() map[string]string {
	return map[string]string{
		"event regraded": "a host judges again, on the machine of the server; nobody can over the wire",

		"error evaluator_unavailable":   "nobody can judge only where the host has set up nobody who could",
		"problem evaluator_unavailable": "nobody can judge only where the host has set up nobody who could",
		"error internal":                "a fault of the server that a client can bring about is a fault",
		"problem internal":              "a fault of the server that a client can bring about is a fault",

		"close 1001": "a server that stops for good; one that starts again says 1012, and restart/nothing-lost takes either",
		"close 1013": "a server that cannot take a connection it has let in, as when its database fails",
		"close 4403": "every good token may connect; what it may not do gets the error forbidden",

		"GET /readyz 503": "a server that stops takes no connection any more, or its database cannot be used",
	}
}
