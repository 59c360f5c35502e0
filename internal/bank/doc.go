// Package bank reads question banks: the format, its strict loading with
// positions, the library of built-in and user's banks, and the draw of an
// interview's questions.
//
// Banks are data from strangers. Nothing in a bank is executed, every text is
// cleaned before anything looks at it, sizes are limited (see MaxFileSize and
// its neighbours), and a folder bank cannot reach outside its folder.
package bank
