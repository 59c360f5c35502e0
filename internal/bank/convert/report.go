package convert

// Report says what became of everything in the lists.
type Report struct {
	Files         int    `json:"files"`
	Read          int    `json:"read"`           // questions found
	WithPoints    int    `json:"with_points"`    // of these, with the list's own key points
	FromAnswer    int    `json:"from_answer"`    // with key points made of the answer's sentences
	WithoutAnswer int    `json:"without_answer"` // drafts
	CodeOnly      int    `json:"code_only"`      // drafts: the answer is nothing but code
	Duplicates    int    `json:"duplicates"`     // not taken over
	Empty         int    `json:"empty"`          // not taken over
	SameAnswers   int    `json:"same_answers"`   // taken over, with the answer of another question
	Left          []Left `json:"left"`
	Todo          []Todo `json:"todo"`
}

// Todo is something that only an author can add.
type Todo struct {
	Rule  string `json:"rule"` // of lint
	Count int    `json:"count"`
	What  string `json:"what"`
}

// Taken is how many questions the bank has.
func (r *Report) Taken() int { return r.WithPoints + r.FromAnswer + r.WithoutAnswer + r.CodeOnly }

// Drafts is how many of them wait for an answer.
func (r *Report) Drafts() int { return r.WithoutAnswer + r.CodeOnly }

// Sum is how many things of a kind were left.
type Sum struct {
	Kind  Kind
	Count int
}

// Sums adds up what was left, in the order of first sight.
func (r *Report) Sums() []Sum {
	var out []Sum
	at := map[Kind]int{}
	for _, l := range r.Left {
		i, ok := at[l.Kind]
		if !ok {
			i = len(out)
			at[l.Kind] = i
			out = append(out, Sum{Kind: l.Kind})
		}
		out[i].Count += l.Count
	}
	return out
}
