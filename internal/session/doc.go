// Package session is one interview as a machine. Two pure functions hold all
// its rules:
//
//	Decide(interview, command, now) → events, error
//	Apply(interview, event) → interview
//
// Clock, ids and random choices are handed in. Beside the machine stand what a
// face may know (Redact, View), the data of a report, and the ports through
// which the engine reaches stores, evaluators, speakers and banks.
package session
