package server

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"net/http"
)

// The buffers of a connection: a message of a candidate at rest, and most events,
// fit into them. Longer ones go past them. net/http would give 4 KiB to each, which is
// a fifth of all that an idle connection needs.
const (
	readBuffer  = 512
	writeBuffer = 2 << 10
)

// lean is a ResponseWriter whose connection, once it is taken over, has small buffers.
type lean struct{ http.ResponseWriter }

// Hijack takes the connection over, with what the client sent behind its request.
func (l lean) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	c, rw, err := http.NewResponseController(l.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	early, err := rw.Reader.Peek(rw.Reader.Buffered())
	if err != nil {
		return nil, nil, err
	}
	r := bufio.NewReaderSize(io.MultiReader(bytes.NewReader(bytes.Clone(early)), c), max(readBuffer, len(early)))
	// Whoever gets the reader looks at what it holds already, and reads the rest
	// from the connection.
	_, err = r.Peek(len(early))
	return c, bufio.NewReadWriter(r, bufio.NewWriterSize(c, writeBuffer)), err
}
