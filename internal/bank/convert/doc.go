// Package convert makes banks of public question lists, and lists of banks.
//
// A decoder reads one format into items: questions as the list has them, each
// with its file and line. Build makes bank questions of the items, and settle
// holds them against an evaluator that is handed in. Whatever is not taken over
// is counted and has its place in the report: nothing goes silently.
//
// Lists are data from strangers. Sizes are limited, text is cleaned before
// anything looks at it, and every decoder takes time in proportion to its input.
package convert
