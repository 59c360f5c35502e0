package bank

import (
	"cmp"
	"math"
	"net/url"
	"regexp"
	"strconv"

	"github.com/elios/elios/internal/rubric"
)

// Patterns of ids, versions and languages. The JSON Schema has the same ones.
const (
	slugPattern     = `^[a-z0-9]+(-[a-z0-9]+)*$`
	versionPattern  = `^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-((0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$`
	languagePattern = `^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`
)

var (
	slugs     = regexp.MustCompile(slugPattern)
	versions  = regexp.MustCompile(versionPattern)
	languages = regexp.MustCompile(languagePattern)
)

// Ranges of numbers in a bank.
const (
	MaxID     = 64   // characters of an id
	MaxWeight = 1000 // of a key point or dimension
	MaxRepeat = 100  // runs of a case
)

// check is a place in a file about which something can be found wrong.
type check struct {
	src  *source
	p    *path
	rule string // what is found wrong here breaks; "" is RuleFormat
}

func (c check) key(name string) check { return check{c.src, c.p.key(name), c.rule} }

func (c check) index(i int) check { return check{c.src, c.p.index(i), c.rule} }

// by names the rule that is checked from here on.
func (c check) by(rule string) check { return check{c.src, c.p, rule} }

// fail reports a problem here, unless the decoder already said that there is
// nothing usable here or around.
func (c check) fail(format string, args ...any) {
	if c.src.broken[""] {
		return
	}
	for p := c.p; p != nil; p = p.parent {
		if c.src.broken[p.String()] {
			return
		}
	}
	_, near := lookup(c.src.root, c.p)
	c.src.breaks(cmp.Or(c.rule, RuleFormat), near.Line, near.Column, c.p, format, args...)
}

// unless fails when the condition does not hold.
func (c check) unless(ok bool, format string, args ...any) {
	if !ok {
		c.fail(format, args...)
	}
}

// present tells whether the file has a value here.
func (c check) present() bool {
	exact, _ := lookup(c.src.root, c.p)
	return exact != nil
}

// line is where in the file this stands.
func (c check) line() int {
	_, near := lookup(c.src.root, c.p)
	return near.Line
}

// slug checks an id that stands under the key id.
func (c check) slug(id string) {
	c.key("id").unless(slugs.MatchString(id) && len(id) <= MaxID,
		"%q is no id: small letters, digits and single hyphens between them, at most %d", shorten(id), MaxID)
}

// link checks an address: only the web, since people click on it.
func (c check) link(address string) {
	if address == "" {
		return
	}
	u, err := url.Parse(address)
	c.key("url").unless(err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "",
		"%q is no web address (https://…)", shorten(address))
}

// bound checks that a value from 0 to top can be within a bound.
func (c check) bound(b rubric.Bound, top float64) {
	if b.IsZero() {
		return
	}
	lowFits := math.IsInf(b.Low, -1) || b.Low >= 0 && b.Low <= top
	highFits := math.IsInf(b.High, 1) || b.High >= 0 && b.High <= top
	never := b.OpenLow && b.Low == top || b.OpenHigh && b.High == 0
	c.unless(lowFits && highFits && !never, "%q does not fit: the value is from 0 to %v", b.String(), top)
}

// limits checks the settings that both a bank's defaults and a question have.
func (c check) limits(limit rubric.Duration, followUps *int, scoring rubric.Scoring) {
	if at := c.key("time_limit"); at.present() {
		at.unless(limit > 0, "the time limit must be longer than 0; leave the key out for none")
		at.unless(limit <= maxTimeLimit, "the time limit is longer than 24h")
	}
	if followUps != nil {
		c.key("max_follow_ups").whole(*followUps, 0, maxFollowUps)
	}
	if limit := scoring.CapIfMustMissing; limit != nil {
		c.key("scoring").key("cap_if_must_missing").whole(*limit, 0, 100)
	}
}

// whole checks the range of a whole number.
func (c check) whole(v, low, high int) {
	c.unless(v >= low && v <= high, "%d is not from %d to %d", v, low, high)
}

// number checks the range of a number.
func (c check) number(v, low, high float64) {
	c.unless(v >= low && v <= high, "%s is not from %v to %v", strconv.FormatFloat(v, 'g', -1, 64), low, high)
}

// ids finds ids that were there before.
type ids struct {
	what string
	seen map[string]check
}

func newIDs(what string) ids { return ids{what, map[string]check{}} }

// add checks the id of the thing at c: its form, and that it is new.
func (s ids) add(c check, id string) {
	c.slug(id)
	first, again := s.seen[id]
	c = c.by(RuleDuplicate)
	switch {
	case !again:
		s.seen[id] = c.key("id")
	case first.src == c.src:
		c.key("id").fail("the %s id %q is here twice; the first is in line %d", s.what, shorten(id), first.line())
	default:
		c.key("id").fail("the %s id %q is also in %s, line %d", s.what, shorten(id), first.src.name, first.line())
	}
}
