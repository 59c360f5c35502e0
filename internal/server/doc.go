// Package server puts interviews on the network: the protocol elios.v1 of
// package wire over WebSocket, the same over plain HTTP, and what a host needs
// to run it. It knows interviews only as the ports of package session.
package server
