package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/elios/elios/internal/text"
)

// Kinds of relation, by how near they make two words in the word's first sense.
const (
	synonym  = 1.0
	derived  = 0.9  // derivationally related, participle of, pertainym
	similar  = 0.7  // of adjectives
	taxonomy = 0.6  // hypernyms and hyponyms
	perSense = 0.15 // less for each sense that comes before, since the first is the most frequent
	senses   = 5    // that are taken
)

// relations gives for pairs of stems how near WordNet puts them.
type relations map[[2]string]float64

func (r relations) add(a, b string, near float64) {
	if near <= 0 || !isPlain(a) || !isPlain(b) {
		return
	}
	if a, b = text.Stem(a), text.Stem(b); a > b {
		a, b = b, a
	}
	if a != b {
		r[[2]string{a, b}] = max(r[[2]string{a, b}], near)
	}
}

// isPlain tells a single word in lower case from names and phrases.
func isPlain(w string) bool {
	for _, c := range w {
		if c < 'a' || c > 'z' {
			return false
		}
	}
	return w != ""
}

// synset is a set of synonyms; see wndb(5WN) for the format of the files.
type synset struct {
	words    []string
	pointers []pointer
}

type pointer struct {
	symbol, offset, pos string
	source, target      int // words, from 1; 0 for all
}

// readWordNet reads the database of a folder.
func readWordNet(dir string) (relations, error) {
	synsets := make(map[string]synset)
	for pos, name := range map[string]string{"n": "noun", "v": "verb", "a": "adj", "r": "adv"} {
		err := eachLine(filepath.Join(dir, "data."+name), func(f []string) error {
			s, err := parseSynset(f)
			synsets[pos+f[0]] = s
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	out := make(relations)
	for pos, name := range map[string]string{"n": "noun", "v": "verb", "a": "adj", "r": "adv"} {
		err := eachLine(filepath.Join(dir, "index."+name), func(f []string) error {
			pointers, err := strconv.Atoi(f[3])
			if err != nil || len(f) < 6+pointers {
				return fmt.Errorf("%q: no line of an index", f[0])
			}
			for rank, offset := range f[6+pointers:] {
				if rank < senses {
					out.relate(f[0], synsets[pos+offset], synsets, perSense*float64(rank))
				}
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// relate adds what one sense of a word is near to.
func (r relations) relate(word string, s synset, all map[string]synset, less float64) {
	for _, w := range s.words {
		r.add(word, w, synonym-less)
	}
	for _, p := range s.pointers {
		to := all[p.pos+p.offset].words
		switch p.symbol {
		case "+", `\`, "<":
			if p.source > 0 && p.source <= len(s.words) && s.words[p.source-1] == word && p.target <= len(to) {
				r.add(word, to[p.target-1], derived-less)
			}
		case "&":
			for _, w := range to {
				r.add(word, w, similar-less)
			}
		case "@", "~":
			for _, w := range to {
				r.add(word, w, taxonomy-less)
			}
		}
	}
}

// parseSynset reads the fields of a line of a data file.
func parseSynset(f []string) (synset, error) {
	n, err := strconv.ParseInt(f[3], 16, 32)
	if err != nil || len(f) < int(5+2*n) {
		return synset{}, fmt.Errorf("synset %s: number of words %q", f[0], f[3])
	}
	var s synset
	for i := range int(n) {
		w, _, _ := strings.Cut(strings.ToLower(f[4+2*i]), "(")
		s.words = append(s.words, w)
	}
	f = f[4+2*n:]
	count, err := strconv.Atoi(f[0])
	if err != nil || len(f) < 1+4*count {
		return synset{}, fmt.Errorf("number of pointers %q", f[0])
	}
	for f = f[1 : 1+4*count]; len(f) > 0; f = f[4:] {
		ends, err := strconv.ParseUint(f[3], 16, 16)
		if err != nil {
			return synset{}, fmt.Errorf("source and target %q: %w", f[3], err)
		}
		pos := strings.ReplaceAll(f[2], "s", "a") // satellites stand among the adjectives
		s.pointers = append(s.pointers, pointer{f[0], f[1], pos, int(ends >> 8), int(ends & 0xff)})
	}
	return s, nil
}

// eachLine calls do with the fields of each line before its gloss. The licence at the top of the
// files is indented.
func eachLine(path string, do func(fields []string) error) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open WordNet: %w", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		l, _, _ := strings.Cut(lines.Text(), "|")
		if strings.HasPrefix(l, "  ") {
			continue
		}
		if err := do(strings.Fields(l)); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
