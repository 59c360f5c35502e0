package bank

import (
	"strconv"
	"strings"
)

// Risen is the largest part in which a version lies above another one: Minor
// from 1.2.3 to 1.3.0, NoRise when it is the same or below. What stands behind
// a hyphen or a plus sign does not count.
func Risen(from, to string) Rise {
	a, b := versionParts(from), versionParts(to)
	for i, r := range [...]Rise{Major, Minor, Patch} {
		switch {
		case b[i] > a[i]:
			return r
		case b[i] < a[i]:
			return NoRise
		}
	}
	return NoRise
}

// Raised is a version with one part risen and the parts behind it at 0.
func Raised(version string, by Rise) string {
	p := versionParts(version)
	switch by {
	case Major:
		p = [3]uint64{p[0] + 1}
	case Minor:
		p = [3]uint64{p[0], p[1] + 1}
	case Patch:
		p[2]++
	}
	var out []string
	for _, n := range p {
		out = append(out, strconv.FormatUint(n, 10))
	}
	return strings.Join(out, ".")
}

// versionParts reads major, minor and patch; loading has checked their form.
func versionParts(v string) (out [3]uint64) {
	core, _, _ := strings.Cut(v, "+")
	core, _, _ = strings.Cut(core, "-")
	for i, part := range strings.SplitN(core, ".", 3) {
		out[i], _ = strconv.ParseUint(part, 10, 64) // a number too large for 64 bits is 0: it rises no more
	}
	return out
}
