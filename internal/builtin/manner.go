package builtin

// What is wrong with the manner of an answer, whatever it is about.
const (
	idleManner     = "Say what you do know, even if it is only a part."
	listManner     = "Words in a row show no understanding; say in sentences what each of them does."
	commandsManner = "Only what is said about the question counts."
)

// manner tells what keeps all of the answers from being judged, "" for nothing.
func (j *judging) manner() string {
	said := make(map[role]int)
	for _, d := range j.docs {
		for _, s := range d.sentences {
			said[s.role]++
		}
	}
	switch {
	case said[asserts]+said[denies] > 0:
		return ""
	case said[lists] > 0:
		return listManner
	case said[commands] > 0:
		return commandsManner
	case len(said) == 0:
		return idleManner
	}
	return ""
}
