// Package wire is the protocol elios.v1: its envelope, its messages, its error
// and close codes, and its limits. docs/protocol.md tells it in words. Nothing
// here knows a socket.
package wire

import "time"

// Subprotocol names the protocol in the WebSocket handshake (RFC 6455, 1.9).
const Subprotocol = "elios.v1"

// The limits of the protocol. A welcome names those that a client has to know.
const (
	MaxClientFrame = 256 << 10 // bytes of a message from a client
	MaxServerFrame = 1 << 20   // bytes of a message from a server
	MaxID          = 64        // characters of an id
	MaxDepth       = 16        // levels of nested JSON in a message
	MaxBad         = 10        // bad messages within BadWithin close the connection
	BadWithin      = time.Minute
	HelloWithin    = 5 * time.Second  // for the first message
	PingEvery      = 20 * time.Second // by the server
	PongWithin     = 10 * time.Second
)
