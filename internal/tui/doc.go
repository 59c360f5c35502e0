// Package tui draws elios in the terminal: home, setup, interview and report.
//
// A root model routes messages to one screen at a time and alone decides about
// the alternate screen, the window title and the cursor. Screens are small
// models that talk to session.Interviews and session.Room only through
// commands, so that no key press ever waits for the disk or the network.
package tui
