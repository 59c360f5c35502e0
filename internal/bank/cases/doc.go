// Package cases tests a bank like code: it runs the calibration cases of its
// questions, and checks made from their say sentences, through the machine of
// an interview with an evaluator that is handed in. It reads and writes
// nothing itself but what a caller gives it to write to.
package cases
