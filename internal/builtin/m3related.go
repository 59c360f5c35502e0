package builtin

import "github.com/elios/elios/internal/builtin/thesaurus"

// neighbour is a stem of the reference that means much the same as a word that is not in it.
type neighbour struct {
	stem int
	near float64
}

// relatedOf gives for every word that the table knows to be near a stem which stems those are. As
// with fuzzyIndex, only the first maxFuzzy stems are looked up. A nil table knows nothing.
func relatedOf(stems []string, table *thesaurus.Table) map[string][]neighbour {
	if table == nil {
		return nil
	}
	out := make(map[string][]neighbour)
	for j, s := range stems[:min(len(stems), maxFuzzy)] {
		for other, near := range table.Near(s) {
			out[other] = append(out[other], neighbour{j, near})
		}
	}
	return out
}
