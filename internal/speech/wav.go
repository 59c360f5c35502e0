package speech

import (
	"encoding/binary"
	"errors"
)

// The header of a RIFF file and of each chunk in it. Source: Microsoft and IBM,
// Multimedia Programming Interface and Data Specifications 1.0 (1991).
const (
	riffHeader  = 12 // "RIFF", size of the rest, "WAVE"
	chunkHeader = 8  // name, size
	minFormat   = 16
)

// wav is what the header of a WAV file says.
type wav struct {
	bytesPerSecond uint32
	data, size     int // where the samples begin, and how many bytes they have
}

// mendWAV checks a WAV and sets the sizes in its header right: who writes into
// a pipe cannot know them yet, and players and the cache go by them.
func mendWAV(b []byte) ([]byte, error) {
	w, err := parseWAV(b)
	if err != nil {
		return nil, err
	}
	if w.data+w.size == len(b) {
		binary.LittleEndian.PutUint32(b[w.data-4:], uint32(w.size))
	}
	binary.LittleEndian.PutUint32(b[4:], uint32(len(b)-chunkHeader))
	return b, nil
}

// whole tells whether a WAV has exactly the sizes its header tells.
func whole(b []byte) bool {
	w, err := parseWAV(b)
	return err == nil && int(binary.LittleEndian.Uint32(b[4:])) == len(b)-chunkHeader &&
		int(binary.LittleEndian.Uint32(b[w.data-4:])) == w.size
}

// parseWAV finds the format and the samples. A size that goes beyond the end,
// or none, is what there is.
func parseWAV(b []byte) (wav, error) {
	if len(b) < riffHeader || string(b[:4]) != "RIFF" || string(b[8:12]) != "WAVE" {
		return wav{}, errors.New("it does not begin as one")
	}
	var w wav
	for at := riffHeader; at+chunkHeader <= len(b); {
		name, size := string(b[at:at+4]), int64(binary.LittleEndian.Uint32(b[at+4:]))
		body := b[at+chunkHeader:]
		switch {
		case name == "data" && w.bytesPerSecond == 0:
			return wav{}, errors.New("its format is missing")
		case name == "data" && len(body) == 0:
			return wav{}, errors.New("it is empty")
		case name == "data":
			w.data, w.size = at+chunkHeader, len(body)
			if size > 0 {
				w.size = int(min(size, int64(len(body))))
			}
			return w, nil
		case size > int64(len(body)):
			return wav{}, errors.New("it breaks off")
		case name == "fmt " && size >= minFormat:
			w.bytesPerSecond = binary.LittleEndian.Uint32(body[8:])
		}
		at += chunkHeader + int(size+size%2) // chunks begin at even places
	}
	return wav{}, errors.New("it has no samples")
}
