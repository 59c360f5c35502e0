package builtin

// goingOn are the words with which a sentence goes on about what the one before was about.
var goingOn = words(`it its they their them this that these those he she so then therefore thus hence otherwise which both
each there here and also too because since first second finally afterwards meanwhile another instead`)

// turning are those with which it turns to something else.
var turning = words("but however whereas while unlike conversely")

// goesOnFrom tells whether a sentence goes on with what the one before it said, so that the two may
// show a point together: it refers back, or names again what the first one named. refers tells of
// the former. "Buffered ones block when full. Threads are scheduled by the kernel." are two things.
func (d *doc) goesOnFrom(a, b sentence) (goesOn, refers bool) {
	first := d.tokens[b.lo].text
	if turning[first] {
		return false, false
	}
	if goingOn[first] || d.tokens[b.lo].code { // the next line of what a program prints
		return true, true
	}
	for i := b.lo; i < min(b.hi, b.lo+opening); i++ {
		t := &d.tokens[i]
		switch {
		case t.stop || t.negator:
			continue
		case d.names(a, t.stem):
			return true, false
		}
		return false, false
	}
	return true, false // "You can do …", "I would …"
}

// opening is within how many words a sentence names its subject.
const opening = 4

// names tells whether a word stands in a sentence.
func (d *doc) names(s sentence, stem string) bool {
	for i := s.lo; i < s.hi; i++ {
		if d.tokens[i].stem == stem {
			return true
		}
	}
	return false
}
