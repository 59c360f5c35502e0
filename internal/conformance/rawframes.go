package conformance

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/sha1" // RFC 6455 has it so
	"encoding/base64"
	"encoding/binary"
	"io"
	"net/http"
	"time"

	"github.com/elios/elios/internal/wire"
)

// The opcodes of frames (RFC 6455, 11.8).
const (
	opContinuation = 0x0
	opText         = 0x1
	opReserved     = 0x3
	opClose        = 0x8
	opPing         = 0x9
	opPong         = 0xA
)

const (
	finBit  = 0x80
	rsv1Bit = 0x40
	maskBit = 0x80
)

// bare is a WebSocket frame by frame: it sends what no library would.
type bare struct {
	p  *probe
	rw io.ReadWriteCloser
	r  *bufio.Reader
}

// frame is a frame as it comes.
type frame struct {
	fin     bool
	op      byte
	payload []byte
}

// bare connects without a library. extensions are offered.
func (p *probe) bare(extensions string) *bare {
	var nonce [16]byte
	_, _ = rand.Read(nonce[:])
	key := base64.StdEncoding.EncodeToString(nonce[:])
	ctx, cancel := context.WithTimeout(p.ctx, soon) // of the handshake alone
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, p.t.URL.String()+"/v1/ws", nil)
	if err != nil {
		fail("%v", err)
	}
	for name, value := range map[string]string{
		"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": key,
		"Sec-WebSocket-Protocol": wire.Subprotocol, "Sec-WebSocket-Extensions": extensions,
	} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	res, err := p.t.HTTP.Do(req)
	if err != nil {
		fail("the server cannot be connected to: %v", err)
	}
	rw, ok := res.Body.(io.ReadWriteCloser)
	want(res.StatusCode == http.StatusSwitchingProtocols && ok, "the handshake was answered with HTTP status %d", res.StatusCode)
	context.AfterFunc(p.ctx, func() { _ = rw.Close() })
	sum := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	want(res.Header.Get("Sec-WebSocket-Accept") == base64.StdEncoding.EncodeToString(sum[:]), "Sec-WebSocket-Accept does not answer the key")
	want(res.Header.Get("Sec-WebSocket-Extensions") == "", "the extension %s was selected, and there is none", res.Header.Get("Sec-WebSocket-Extensions"))
	return &bare{p, rw, bufio.NewReader(rw)}
}

// greeted says hello and waits for the welcome.
func (b *bare) greeted() *bare {
	b.text(`{"type":"hello","data":{"token":"` + b.p.t.Token.Reveal() + `"}}`)
	b.message(wire.TypeWelcome)
	return b
}

// send sends a frame. first is its first byte.
func (b *bare) send(first byte, masked bool, payload []byte) {
	b.p.note(&b.p.sent, payload)
	out := []byte{first}
	mask := byte(0)
	if masked {
		mask = maskBit
	}
	switch n := len(payload); {
	case n < 126:
		out = append(out, mask|byte(n))
	case n < 1<<16:
		out = binary.BigEndian.AppendUint16(append(out, mask|126), uint16(n))
	default:
		out = binary.BigEndian.AppendUint64(append(out, mask|127), uint64(n))
	}
	if masked {
		key := [4]byte{1, 2, 3, 4}
		out = append(out, key[:]...)
		for i, c := range payload {
			out = append(out, c^key[i%4])
		}
	} else {
		out = append(out, payload...)
	}
	_, _ = b.rw.Write(out) // where the server has closed, the next read finds out
}

func (b *bare) text(s string) { b.send(finBit|opText, true, []byte(s)) }

// next reads a frame; an error when the connection has ended.
func (b *bare) next(patience time.Duration) (f frame, err error) {
	timer := time.AfterFunc(patience, func() { _ = b.rw.Close() })
	defer timer.Stop()
	var head [2]byte
	if _, err = io.ReadFull(b.r, head[:]); err != nil {
		return f, err
	}
	f.fin, f.op = head[0]&finBit != 0, head[0]&0xF
	want(head[0]&0x70 == 0, "the server sends a frame with reserved bits")
	want(head[1]&maskBit == 0, "the server masks a frame")
	n := uint64(head[1] & 0x7F)
	var more [8]byte
	switch n {
	case 126:
		if _, err = io.ReadFull(b.r, more[6:]); err != nil {
			return f, err
		}
		n = binary.BigEndian.Uint64(more[:])
	case 127:
		if _, err = io.ReadFull(b.r, more[:]); err != nil {
			return f, err
		}
		n = binary.BigEndian.Uint64(more[:])
	}
	want(n <= wire.MaxServerFrame, "the server sends a frame of %d bytes", n)
	f.payload = make([]byte, n)
	_, err = io.ReadFull(b.r, f.payload)
	b.p.note(&b.p.came, f.payload)
	return f, err
}

// until reads on to a frame of an opcode.
func (b *bare) until(op byte, what string, patience time.Duration) frame {
	for end := time.Now().Add(patience); ; {
		f, err := b.next(time.Until(end))
		switch {
		case err != nil:
			fail("%s did not come: %v", what, err)
		case f.op == op:
			return f
		case f.op == opClose:
			fail("%s did not come: the server closed with %d", what, f.code())
		}
	}
}

// message reads on to a message of a type.
func (b *bare) message(kind string) wire.Message {
	for {
		f := b.until(opText, kind, soon)
		want(f.fin, "a message came in more than one frame")
		l := line{p: b.p}
		if m := l.read(f.payload); m.Type == kind {
			return m
		}
	}
}

// code is that of a close frame, 1005 for none.
func (f frame) code() wire.CloseCode {
	if len(f.payload) < 2 {
		return 1005
	}
	return wire.CloseCode(binary.BigEndian.Uint16(f.payload))
}

// ends wants the connection to end, with a close of the code or without one.
func (b *bare) ends(what string, code wire.CloseCode) {
	for end := time.Now().Add(soon); ; {
		f, err := b.next(time.Until(end))
		switch {
		case err != nil && time.Now().After(end):
			fail("%s, and the connection stays", what)
		case err != nil:
			return
		case f.op == opClose:
			want(f.code() == code, "%s, and the server closed with %d; %d was due", what, f.code(), code)
			return
		case f.op == opPong, f.op == opText:
			want(f.op != opPong, "%s, and was taken", what)
		}
	}
}
