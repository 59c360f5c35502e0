package builtin

// Similarity gives the raw similarity (M3) of an answer to a reference answer, 0 to 1. M3 needs
// no training: it combines an idf-weighted alignment of stems that tolerates typos, the share of
// the reference's character 3-grams, and the share of each of its clauses.
func Similarity(question, reference, answer string) float64 {
	return Prepare(question, reference).Parts(answer).Score
}

// Best gives the calibrated similarity of an answer to the reference that it is most like, 0 to
// 1, and 0 without references.
func Best(question string, references []string, answer string) float64 {
	prepared := make([]*Reference, len(references))
	for i, r := range references {
		prepared[i] = Prepare(question, r)
	}
	return BestOf(prepared, answer)
}

// BestOf is Best for references that were prepared before.
func BestOf(references []*Reference, answer string) float64 {
	a, best := newAnswer(answer), 0.0
	for _, r := range references {
		best = max(best, r.parts(a).Score)
	}
	return Calibrated(best)
}

// calibration takes the raw score to the scale of human graders, measured over five sets of
// graded answers in computing.
var calibration = [...]struct{ raw, shown float64 }{
	{0, 0}, {0.1, 0.10}, {0.2, 0.30}, {0.3, 0.42}, {0.4, 0.62}, {0.5, 0.74}, {0.6, 0.87}, {0.7, 0.93}, {0.8, 0.975}, {1, 1},
}

// Calibrated takes a raw similarity to the one that is shown, 0 to 1: monotone, piecewise linear.
func Calibrated(raw float64) float64 {
	if raw <= 0 {
		return 0
	}
	for i, to := range calibration[1:] {
		if from := calibration[i]; raw <= to.raw {
			return from.shown + (to.shown-from.shown)*(raw-from.raw)/(to.raw-from.raw)
		}
	}
	return 1
}
