// Package report renders what an interview came to: as Markdown to keep or
// send, as a page for browsers and printers, as plain text for screen readers,
// as JSON for programs and as CSV for spreadsheets. It also holds the few words
// and figures that every face shows the same way.
//
// Everything is pure: the same report always gives the same bytes. Text of
// banks, models and candidates is cleaned, and escaped so that it cannot leave
// its place in the document. Redact leaves out what the candidate wrote.
package report
