package rubric

// Merge joins the verdicts on a question so far with those of a later turn,
// which were given with everything said in view. A point once met stays met,
// and a partial one partial, unless it is contradicted later.
func Merge(before, now []Verdict) []Verdict {
	out := make([]Verdict, 0, len(now))
	for _, v := range now {
		if old, ok := Find(before, v.Point); ok {
			v = merge(old, v)
		}
		out = append(out, v)
	}
	return out
}

func merge(old, now Verdict) Verdict {
	switch {
	case now.Status == Contradicted:
		return now
	case old.Status == Contradicted && now.Credit() == 0:
		return old // silence does not take a contradiction back
	case now.Status == CannotAssess && old.Status != CannotAssess:
		return old // nor does a claim without a quote undo a judgement
	case old.Credit() > now.Credit():
		return old
	case old.Credit() == now.Credit() && old.Credit() > 0:
		return old // the first evidence is the one the candidate was shown
	}
	return now
}

// MergeHeld joins misconceptions: one that is no longer held stays in the list,
// withdrawn when the later judgement says so.
func MergeHeld(before, now []Held) []Held {
	out := append([]Held(nil), before...)
	for _, h := range now {
		i := indexHeld(out, h.ID)
		if i < 0 {
			out = append(out, h)
			continue
		}
		out[i].Withdrawn = h.Withdrawn
	}
	return out
}

func indexHeld(held []Held, id string) int {
	for i := range held {
		if held[i].ID == id {
			return i
		}
	}
	return -1
}

// VerifyHeld keeps the misconceptions the question knows that stand on a
// verbatim quote, once each, with the rubric's penalty.
func VerifyHeld(known []Misconception, held []Held, answers []Answer) []Held {
	var out []Held
	for _, m := range known {
		i := indexHeld(held, m.ID)
		if i < 0 {
			continue
		}
		h := held[i]
		found := Locate([]Evidence{h.Evidence}, answers)
		if len(found) == 0 {
			continue
		}
		out = append(out, Held{ID: m.ID, Penalty: m.Penalty, Evidence: found[0], Withdrawn: h.Withdrawn})
	}
	return out
}
