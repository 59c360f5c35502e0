// Package builtin is the evaluator that needs no model: lexical, deterministic, for English.
//
// A key point is judged sentence by sentence, and by every two adjacent sentences of which the
// second goes on with the first: by the match patterns of its author, and by M3, an alignment of
// stems with the point's own words. Dimensions are judged by published cues. M3 over the whole
// answer, with related words (package thesaurus), is also the similarity to the ideal answer, whoever
// judges.
//
// A word counts only where a sentence claims it. What stands in the way:
//
//   - Negation: a negator governs what follows it in its clause (as in NegEx: Chapman et al., A
//     Simple Algorithm for Identifying Negated Findings, 2001), and disapproval ("… is a mistake",
//     "that is not true") what stands before it. What a point denies itself is no denial of it.
//     Pieces of identifiers ("ErrNoRows") negate nothing.
//   - A recital with a "not" in it: a sentence that has nearly all the words of a point, and a
//     negator that the rubric does not have there, says the opposite, wherever its claims stand.
//   - No prose: words in a row, with or without function words between them, and shuffled words. Told
//     by the share of function words, by pairs of function words that no English sentence has
//     ("the of", "can is"; the classes are closed, so a table holds them), by how seldom function
//     words stand beside each other, and by the order of the words where all are the rubric's.
//   - Reports of what others think, questions, and what is said to the grader.
//   - Words of the question: a term is the candidate's own unless it stands there as a phrase.
//
// Misspelt words are found by optimal string alignment (Damerau 1964), stems by Porter's algorithm
// (1980), word weights are the idf of BM25 over one fixed table.
package builtin
