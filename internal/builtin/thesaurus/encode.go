package thesaurus

import (
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
)

// The format, compressed with DEFLATE (RFC 1951): the number of stems; each stem, sorted, with a
// line feed; for each stem how many later stems are near it, then the distance to each from the
// one before; last the nearness of every pair as a byte. Numbers are unsigned varints.

// Encode writes the pairs, in any order. It returns an error for a pair that no table can hold:
// an empty stem, a stem with a line feed, a stem and itself, or a nearness outside of (0, 1].
func Encode(w io.Writer, pairs []Pair) error {
	sorted, stems, err := inOrder(pairs)
	if err != nil {
		return err
	}
	place := make(map[string]int, len(stems))
	var head, gaps, near []byte
	head = binary.AppendUvarint(head, uint64(len(stems)))
	for i, s := range stems {
		place[s] = i
		head = append(append(head, s...), '\n')
	}
	for k, i := 0, 0; i < len(stems); i++ {
		end := k
		for end < len(sorted) && sorted[end].A == stems[i] {
			end++
		}
		gaps = binary.AppendUvarint(gaps, uint64(end-k))
		for last := i; k < end; k++ {
			to := place[sorted[k].B]
			gaps = binary.AppendUvarint(gaps, uint64(to-last))
			near = append(near, byte(max(1, math.Round(sorted[k].Near*steps))))
			last = to
		}
	}
	return deflate(w, head, gaps, near)
}

// inOrder gives the pairs with A before B, sorted and each once, and all stems.
func inOrder(pairs []Pair) ([]Pair, []string, error) {
	out := make([]Pair, len(pairs))
	stems := make([]string, 0, 2*len(pairs))
	for i, p := range pairs {
		if p.A > p.B {
			p.A, p.B = p.B, p.A
		}
		switch {
		case p.A == "" || p.A == p.B || bytes.ContainsRune([]byte(p.A+p.B), '\n'):
			return nil, nil, fmt.Errorf("pair %q, %q: not two stems", p.A, p.B)
		case !(p.Near > 0 && p.Near <= 1):
			return nil, nil, fmt.Errorf("pair %q, %q: nearness %v is not above 0 and at most 1", p.A, p.B, p.Near)
		}
		out[i] = p
		stems = append(stems, p.A, p.B)
	}
	slices.SortFunc(out, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B), cmp.Compare(b.Near, a.Near))
	})
	out = slices.CompactFunc(out, func(a, b Pair) bool { return a.A == b.A && a.B == b.B })
	slices.Sort(stems)
	return out, slices.Compact(stems), nil
}

func deflate(w io.Writer, parts ...[]byte) error {
	z, err := flate.NewWriter(w, flate.BestCompression)
	if err != nil {
		return err
	}
	for _, p := range parts {
		if _, err := z.Write(p); err != nil {
			return fmt.Errorf("write the thesaurus: %w", err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write the thesaurus: %w", err)
	}
	return nil
}
