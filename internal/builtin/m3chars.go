package builtin

// charGrams is the multiset of the character 3-grams of a reference's stems, written with one
// space before and after each.
type charGrams struct {
	slot  map[uint64]int32 // of a gram in count
	count []int32
	total int
}

func newCharGrams(stems []string) charGrams {
	c := charGrams{slot: make(map[uint64]int32)}
	for _, gram := range grams3(stems) {
		i, ok := c.slot[gram]
		if !ok {
			i = int32(len(c.count))
			c.slot[gram] = i
			c.count = append(c.count, 0)
		}
		c.count[i]++
		c.total++
	}
	return c
}

// containment gives the share of the multiset that the stems of an answer have too.
func (c charGrams) containment(stems []string) float64 {
	if c.total == 0 {
		return 0
	}
	left, found := append([]int32(nil), c.count...), 0
	for _, gram := range grams3(stems) {
		if i, ok := c.slot[gram]; ok && left[i] > 0 {
			left[i]--
			found++
		}
	}
	return float64(found) / float64(c.total)
}

// grams3 gives the 3-grams of the stems, one number each: 21 bits hold any character.
func grams3(stems []string) []uint64 {
	size := 0
	for _, s := range stems {
		size += len(s) + 1
	}
	out := make([]uint64, 0, size)
	const mask = 1<<63 - 1
	gram, read := uint64(' '), 1
	next := func(r rune) {
		gram = (gram<<21 | uint64(r)) & mask
		if read++; read >= 3 {
			out = append(out, gram)
		}
	}
	for _, s := range stems {
		for _, r := range s {
			next(r)
		}
		next(' ')
	}
	return out
}
