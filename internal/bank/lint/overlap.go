package lint

// What two points must share to be the same in other words: so many words, and
// so large a part of the words of both.
const (
	overlapWords = 3
	overlapShare = 0.6
)

// overlaps finds points of one question that say nearly the same. The words of
// the question, which all points share, do not count.
func (q *question) overlaps() {
	points := few(q.KeyPoints)
	words := make([]map[string]bool, len(points))
	for i, p := range points {
		words[i] = map[string]bool{}
		for _, s := range stems(p.Point) {
			words[i][s] = !q.asked[s]
		}
		for j := range i {
			if similar(words[i], words[j]) {
				q.fail(overlap, q.node.Key("key_points").Index(i).Key("point"), "%q asks for nearly the same as %q", p.ID, q.KeyPoints[j].ID)
			}
		}
	}
}

// similar compares two sets; what is false in them is left out.
func similar(a, b map[string]bool) bool {
	shared, all := 0, 0
	for s, counts := range a {
		if counts {
			all++
			if b[s] {
				shared++
			}
		}
	}
	for s, counts := range b {
		if counts && !a[s] {
			all++
		}
	}
	return shared >= overlapWords && float64(shared) >= overlapShare*float64(all)
}
