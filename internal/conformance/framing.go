package conformance

import (
	"bytes"
	"encoding/binary"
	"strings"

	"github.com/coder/websocket"

	"github.com/elios/elios/internal/wire"
)

// frames are what carries messages.
var frames = []Check{
	{Name: "frames/binary", Says: "a binary frame; messages are text", run: func(p *probe) {
		l := p.enter()
		if err := l.ws.Write(p.ctx, websocket.MessageBinary, []byte(`{"type":"ping","id":"b"}`)); err != nil {
			fail("%v", err)
		}
		l.closes(wire.CloseBinary, soon)
	}},
	{Name: "frames/utf-8", Says: "a message that is not UTF-8", run: func(p *probe) {
		for _, bad := range []string{"\xc3\x28", "\xed\xa0\x80", "\xff", "\xc0\xaf"} {
			l := p.enter()
			l.raw("{\"type\":\"ping\",\"id\":\"" + bad + "\"}")
			l.closes(wire.CloseBadUTF8, soon)
		}
	}},
	{Name: "frames/too-big", Says: "a message of more than 256 KiB", run: func(p *probe) {
		l := p.enter()
		written := make(chan struct{})
		go func() { // a server may close before it has read the whole
			defer close(written)
			_ = l.ws.Write(p.ctx, websocket.MessageText, []byte(padded(wire.MaxClientFrame+1)))
		}()
		defer func() { l.breaks(); <-written }()
		l.closes(wire.CloseTooBig, soon)
	}},
	{Name: "frames/too-big-in-pieces", Says: "a message of more than 256 KiB", run: func(p *probe) {
		b := p.bare("").greeted()
		whole := []byte(padded(wire.MaxClientFrame + 1))
		half := len(whole) / 2
		b.send(opText, true, whole[:half])
		b.send(finBit|opContinuation, true, whole[half:])
		f := b.until(opClose, "the close 1009", soon)
		want(f.code() == wire.CloseTooBig, "the server closed with %d, and 1009 was due", f.code())
	}},
	{Name: "frames/as-big-as-may-be", Says: "at most 256 KiB from a client", run: func(p *probe) {
		l := p.enter()
		l.raw(padded(wire.MaxClientFrame))
		l.of(wire.TypePong)
	}},
	{Name: "frames/pieces", Says: "A message may come in fragments, with pings in between", run: func(p *probe) {
		b := p.bare("").greeted()
		whole := []byte(`{"type":"ping","id":"` + "ä" + `-pieces"}`)
		cut := bytes.IndexByte(whole, 0xc3) + 1 // in the middle of a letter
		b.send(opText, true, whole[:cut])
		b.send(finBit|opPing, true, []byte("between"))
		b.send(opContinuation, true, whole[cut:cut+3])
		b.send(finBit|opContinuation, true, whole[cut+3:])
		pong := b.until(opPong, "the pong of a ping between fragments", soon)
		want(string(pong.payload) == "between", "a pong brings %q back, and %q was sent", pong.payload, "between")
		m := b.message(wire.TypePong)
		want(m.Re == "ä-pieces", "a message in fragments was answered with re %q", m.Re)
	}},
	{Name: "frames/no-compression", Says: "There is no compression", run: func(p *probe) {
		p.bare("permessage-deflate; client_max_window_bits").greeted() // bare looks at what was selected
	}},
	{Name: "frames/forbidden", Says: "what RFC 6455 forbids", run: func(p *probe) {
		ping := []byte(`{"type":"ping","id":"forbidden"}`)
		for _, bad := range []struct {
			what   string
			first  byte
			masked bool
			body   []byte
		}{
			{"a frame came without a mask", finBit | opText, false, ping},
			{"a frame has an unknown opcode", finBit | opReserved, true, ping},
			{"a frame has a reserved bit", finBit | rsv1Bit | opText, true, ping},
			{"a control frame came in pieces", opPing, true, []byte("half")},
			{"a control frame has more than 125 bytes", finBit | opPing, true, []byte(strings.Repeat("x", 126))},
			{"a continuation continues nothing", finBit | opContinuation, true, ping},
		} {
			b := p.bare("").greeted()
			b.send(bad.first, bad.masked, bad.body)
			b.ends(bad.what, 1002)
		}
	}},
	{Name: "frames/close", Says: "A client that closes gets its code back", run: func(p *probe) {
		b := p.bare("").greeted()
		b.send(finBit|opClose, true, binary.BigEndian.AppendUint16(nil, uint16(wire.CloseNormal)))
		f := b.until(opClose, "the answer to a close", soon)
		want(f.code() == wire.CloseNormal, "the server answered the close 1000 with %d", f.code())
		p.watch("close %d", f.code())
	}},
}

// padded is a ping of so many bytes.
func padded(n int) string {
	const head, tail = `{"type":"ping","unheard":"`, `"}`
	return head + strings.Repeat("x", n-len(head)-len(tail)) + tail
}
