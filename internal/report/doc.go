// Package report renders what an interview came to: as Markdown to keep or
// send, as plain text for screen readers, and as JSON for programs. It also
// holds the few words and figures that every face shows the same way.
//
// Everything is pure: the same report always gives the same bytes. Text of
// banks, models and candidates is cleaned, and in Markdown escaped so that it
// cannot leave its place in the document.
package report
