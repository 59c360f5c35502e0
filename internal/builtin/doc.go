// Package builtin is the evaluator that needs no model: lexical, deterministic, for English. A key
// point is judged sentence by sentence, by the match patterns of its author and by M3, an
// alignment of stems with the point's own words; dimensions by published cues. M3 over the whole
// answer is also the similarity to the ideal answer, whoever judges.
package builtin
