package thesaurus

import (
	"bufio"
	"compress/flate"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
)

// What no table exceeds; a broken one must not cost memory.
const (
	maxStems = 1 << 17
	maxPairs = 1 << 22
	maxStem  = 1 << 8 // bytes
)

// Decode reads what Encode wrote. It returns an error for anything else.
func Decode(r io.Reader) (*Table, error) {
	in := bufio.NewReader(flate.NewReader(r))
	t := &Table{index: make(map[string]int32)}
	if err := t.readStems(in); err != nil {
		return nil, fmt.Errorf("stems: %w", err)
	}
	pairs, err := t.readPairs(in)
	if err != nil {
		return nil, fmt.Errorf("pairs: %w", err)
	}
	near := make([]byte, len(pairs))
	if _, err := io.ReadFull(in, near); err != nil {
		return nil, fmt.Errorf("nearness: %w", err)
	}
	if _, err := in.ReadByte(); !errors.Is(err, io.EOF) {
		return nil, errors.New("the end: there is more than a table, or less")
	}
	t.link(pairs, near)
	return t, nil
}

func (t *Table) readStems(in *bufio.Reader) error {
	n, err := readCount(in, maxStems)
	if err != nil {
		return err
	}
	for i := range n {
		s, err := in.ReadString('\n')
		if err != nil {
			return noEOF(err)
		}
		s = strings.TrimSuffix(s, "\n")
		if s == "" || len(s) > maxStem || i > 0 && s <= t.stems[i-1] {
			return fmt.Errorf("%q is not the next stem", s)
		}
		t.stems = append(t.stems, s)
		t.index[s] = int32(i)
	}
	return nil
}

// readPairs reads the places of two stems each, the first ones in order.
func (t *Table) readPairs(in *bufio.Reader) ([][2]int32, error) {
	var out [][2]int32
	for i := range t.stems {
		n, err := readCount(in, len(t.stems))
		if err != nil {
			return nil, err
		}
		at := i
		for range n {
			gap, err := readCount(in, len(t.stems))
			if err != nil {
				return nil, err
			}
			at += gap
			if gap == 0 || at >= len(t.stems) || len(out) == maxPairs {
				return nil, fmt.Errorf("stem %d cannot be near stem %d", i, at)
			}
			out = append(out, [2]int32{int32(i), int32(at)})
		}
	}
	return out, nil
}

// link makes each pair known to both of its stems.
func (t *Table) link(pairs [][2]int32, near []byte) {
	t.first = make([]int32, len(t.stems)+1)
	for _, p := range pairs {
		t.first[p[0]+1]++
		t.first[p[1]+1]++
	}
	for i := range t.stems {
		t.first[i+1] += t.first[i]
	}
	next := append([]int32(nil), t.first...)
	t.other = make([]int32, 2*len(pairs))
	t.near = make([]uint8, 2*len(pairs))
	for k, p := range pairs {
		for side, i := range p {
			t.other[next[i]], t.near[next[i]] = p[1-side], min(near[k], steps)
			next[i]++
		}
	}
}

// readCount reads a number of at most a limit.
func readCount(in *bufio.Reader, limit int) (int, error) {
	n, err := binary.ReadUvarint(in)
	switch {
	case err != nil:
		return 0, noEOF(err)
	case n > uint64(limit):
		return 0, fmt.Errorf("%d is more than %d", n, limit)
	}
	return int(n), nil
}

// noEOF tells that the end came too early.
func noEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
