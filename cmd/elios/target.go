package main

import (
	"cmp"
	"time"

	"github.com/elios/elios/internal/client"
	"github.com/elios/elios/internal/conformance"
)

// address is the server that a command line names, or that of this machine.
func address(args []string) string { return cmp.Or(append(args, "http://"+defaultAddr)...) }

// target is a server to be looked at. The function gives its connections back.
func (r *remoteFlags) target(a *app, address, bank string, patience time.Duration) (conformance.Target, func(), error) {
	base, secret, err := r.server(a, address)
	if err != nil {
		return conformance.Target{}, nil, err
	}
	c, err := client.New(client.Options{URL: base.String(), Token: secret, Pin: r.pin})
	if err != nil {
		return conformance.Target{}, nil, err
	}
	t := conformance.Target{URL: c.Base(), Token: secret, Bank: bank, HTTP: c.HTTP(), Patience: patience}
	return t, func() { _ = c.Close() }, nil
}
