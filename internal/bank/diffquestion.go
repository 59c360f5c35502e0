package bank

import "github.com/elios/elios/internal/rubric"

// questions compares what two versions of a question ask and want.
func (d *diff) questions(a, b *Question) {
	if a.Type != b.Type {
		d.add(Major, "type is %s, was %s", b.Type, a.Type)
	}
	if a.Level != b.Level {
		d.add(Minor, "level is %d, was %d", b.Level, a.Level)
	}
	if a.Topic != b.Topic {
		d.add(Minor, "topic is %s, was %s", b.Topic, a.Topic)
	}
	d.text("ask", a.Ask, b.Ask)
	d.text("context", a.Context, b.Context)
	d.text("ideal", a.Ideal, b.Ideal)
	d.number("cap_if_must_missing", a.Cap(), b.Cap())
	d.value("tags", Patch, a.Tags, b.Tags)
	d.value("roles", Patch, a.Roles, b.Roles)
	d.value("hints", Patch, a.Hints, b.Hints)
	d.value("references", Patch, a.References, b.References)
	d.value("time_limit", Minor, a.TimeLimit, b.TimeLimit)
	d.value("max_follow_ups", Minor, a.MaxFollowUps, b.MaxFollowUps)
	d.points(a.KeyPoints, b.KeyPoints)
	d.dimensions(a.Dimensions, b.Dimensions)
	d.others(a, b)
}

// others compares what stands around the points of a question.
func (d *diff) others(a, b *Question) {
	pairs(a.Misconceptions, b.Misconceptions, func(m rubric.Misconception) string { return m.ID },
		func(id string) { d.add(Major, "misconception %s is gone", id) },
		func(id string) { d.add(Minor, "misconception %s is new", id) },
		func(x, y rubric.Misconception) {
			d.number("penalty of "+x.ID, x.Penalty, y.Penalty)
			d.text("misconception "+x.ID, x.Point, y.Point)
			d.value("match of "+x.ID, Minor, x.Match, y.Match)
		})
	pairs(a.FollowUps, b.FollowUps, func(f rubric.FollowUp) string { return f.ID },
		func(id string) { d.add(Minor, "follow-up %s is gone", id) },
		func(id string) { d.add(Minor, "follow-up %s is new", id) }, d.followUp)
	pairs(a.Cases, b.Cases, func(c Case) string { return c.ID },
		func(id string) { d.add(Minor, "case %s is gone", id) },
		func(id string) { d.add(Minor, "case %s is new", id) },
		func(x, y Case) { d.value("case "+x.ID, Minor, x, y) })
}

func (d *diff) points(a, b []rubric.KeyPoint) {
	pairs(a, b, func(k rubric.KeyPoint) string { return k.ID },
		func(id string) { d.add(Major, "key point %s is gone", id) },
		func(id string) { d.add(Minor, "key point %s is new", id) },
		func(x, y rubric.KeyPoint) {
			d.number("weight of "+x.ID, x.Weight, y.Weight)
			if x.Must != y.Must {
				d.add(Major, "must of %s is %t, was %t", x.ID, y.Must, x.Must)
			}
			d.text("key point "+x.ID, x.Point, y.Point)
			d.text("say of "+x.ID, x.Say, y.Say)
			d.text("probe of "+x.ID, x.Probe, y.Probe)
			d.value("match of "+x.ID, Minor, x.Match, y.Match)
		})
}

func (d *diff) dimensions(a, b []rubric.Dimension) {
	pairs(a, b, func(k rubric.Dimension) string { return k.ID },
		func(id string) { d.add(Major, "dimension %s is gone", id) },
		func(id string) { d.add(Minor, "dimension %s is new", id) },
		func(x, y rubric.Dimension) {
			d.number("weight of "+x.ID, x.Weight, y.Weight)
			d.text("say of "+x.ID, x.Say, y.Say)
			d.text("probe of "+x.ID, x.Probe, y.Probe)
			d.value("anchors of "+x.ID, Major, x.Anchors, y.Anchors)
		})
}

func (d *diff) followUp(a, b rubric.FollowUp) {
	d.text("follow-up "+a.ID, a.Ask, b.Ask)
	d.value("when of "+a.ID, Minor, a.When, b.When)
	d.value("covers of "+a.ID, Minor, a.Covers, b.Covers)
	d.value("level of "+a.ID, Patch, a.Level, b.Level)
	d.value("key points of "+a.ID, Minor, a.KeyPoints, b.KeyPoints)
}
