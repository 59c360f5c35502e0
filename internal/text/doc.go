// Package text reads what people and models write: it cleans hostile input, cuts
// text into tokens, stems, sentences and words with offsets into the source, finds
// quotes, and tells answers from the lack of one.
//
// Everything here is pure: no state, no input or output, safe for concurrent use.
package text
