package bank

// assemble makes a bank of its files, the header first.
func assemble(sources []*source) (*Bank, error) {
	if err := errorOf(sources); err != nil {
		return nil, err
	}
	b := &Bank{Test: DefaultTest()}
	sources[0].decode(b)
	parts := []part{{sources[0], b.Questions}}
	for _, s := range sources[1:] {
		var f questionFile
		s.decode(&f)
		parts = append(parts, part{s, f.Questions})
	}
	checkHeader(sources[0], b)
	checkQuestions(parts, b.Topics)
	if err := errorOf(sources); err != nil {
		return nil, err
	}
	b.Questions = questionsOf(parts)
	b.complete()
	return b, nil
}

// questionsOf joins the questions of all files.
func questionsOf(parts []part) []Question {
	var out []Question
	for _, p := range parts {
		out = append(out, p.questions...)
	}
	return out
}
