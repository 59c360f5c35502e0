// Thesaurus makes the table of words that mean much the same (internal/builtin/thesaurus) from what
// corpus.sh unpacks:
//
//	go run ./tools/thesaurus DIR internal/builtin/thesaurus/thesaurus.bin
//
// Words that stand in the same company have like vectors: counts of stems within five content words
// of each other, weighted by 1/distance, turned into positive pointwise mutual information with
// smoothed contexts (Levy, Goldberg, Dagan: Improving Distributional Similarity with Lessons Learned
// from Word Embeddings, TACL 2015) and projected on the first 200 left singular vectors. WordNet
// (Miller: WordNet: A Lexical Database for English, CACM 1995) names pairs of words that are related
// in some sense; those whose vectors are unlike are related in a sense that computing does not use.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/elios/elios/internal/builtin/thesaurus"
)

func main() {
	log.SetFlags(log.Ltime)
	if len(os.Args) != 3 {
		log.Fatal("usage: thesaurus DIR FILE")
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func run(dir, file string) error {
	c := newCounter()
	if err := eachParagraph(dir, c.read); err != nil {
		return err
	}
	log.Printf("%d paragraphs, %d content words, %d different stems", len(c.seen), len(c.stream), len(c.stems))
	vocabulary, rows := c.count()
	log.Printf("%d stems counted", len(vocabulary))
	vectors := embed(rows)
	senses, err := readWordNet(filepath.Join(dir, "usr/share/wordnet"))
	if err != nil {
		return err
	}
	pairs := pairsOf(vocabulary, vectors, senses)
	var b bytes.Buffer
	if err := thesaurus.Encode(&b, pairs); err != nil {
		return err
	}
	log.Printf("%d pairs, %d bytes", len(pairs), b.Len())
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return nil
}
