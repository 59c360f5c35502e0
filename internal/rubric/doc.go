// Package rubric says what a good answer is: key points, dimensions and
// misconceptions, the verdicts an evaluator gives on them, and the score that
// follows. It is pure: the same verdicts always give the same score.
package rubric
