// Package lint finds what is wrong or weak in a bank before a candidate does:
// each finding has a place, the rule it breaks and how to mend it. The rules
// are those of docs/bank-format.md.
package lint
