package convert

import (
	"regexp"
	"strings"
)

var (
	detailsTag    = regexp.MustCompile(`(?i)</?details[^<>]*>|</?summary[^<>]*>`)
	answerSummary = regexp.MustCompile(`(?i)\b(?:answers?|solutions?|show|reveal|click|explanation|see|view|expand|spoiler|toggle)\b`)
	anchorOnly    = regexp.MustCompile(`(?i)^\s*(?:<a\s[^<>]*>\s*</a>|</?(?:b|p|br|div|center|strong)\s*/?>|\s)+\s*$`)
)

// fold is a <details> with its <summary>.
type fold struct {
	summary, body []mdLine
	line          int
}

// details takes the folds out of lines. What is in those that show the answer
// of the section's question is given back; the others are questions themselves.
func (d *mdDecoder) details(lines []mdLine, s *section) (rest, inner []mdLine) {
	rest, folds := unfold(lines)
	for _, f := range folds {
		summary := plainInline(oneLine(fromHTMLOnly(joined(f.summary))))
		if s != nil && (summary == "" || answerSummary.MatchString(summary) && !strings.HasSuffix(summary, "?") || !asks(summary)) {
			inner = append(inner, f.body...)
			continue
		}
		d.folded(f, s)
	}
	return rest, inner
}

// folded makes an item of a fold: the summary asks, the rest answers.
func (d *mdDecoder) folded(f fold, s *section) {
	ask := strings.TrimSpace(cleanInline(joined(f.summary)))
	if t, _ := title(firstLine(ask)); t != "" {
		_, more, _ := strings.Cut(ask, "\n")
		ask = strings.TrimSpace(t + "\n" + more)
	}
	level := 8
	if s != nil {
		level = s.level
	}
	m := meta{}
	body := m.take(f.body)
	m = m.over(d.page)
	item := Item{
		File: d.file, Line: f.line, Prompt: ask, Name: plainInline(firstLine(ask)), Answer: strings.TrimSpace(joined(body)),
		Topic: m.topic, Level: m.level, Tags: m.tags,
	}
	if item.Topic == "" {
		item.Topic = d.topicFor(level)
	}
	d.Items = append(d.Items, item)
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	return strings.TrimSpace(s)
}

// fromHTMLOnly is fromHTML for text that may have no HTML at all.
func fromHTMLOnly(s string) string {
	if !strings.Contains(s, "<") {
		return s
	}
	return tag.ReplaceAllString(s, "")
}

// unfold parts lines into those outside of any <details> and the folds. Folds
// within folds stay in the outer one.
func unfold(lines []mdLine) (rest []mdLine, folds []fold) {
	depth, inSummary := 0, false
	var f fold
	put := func(l mdLine, s string) {
		switch l.text = s; {
		case depth == 0:
			rest = append(rest, l)
		case inSummary:
			f.summary = append(f.summary, l)
		case !anchorOnly.MatchString(s) || strings.TrimSpace(s) == "":
			f.body = append(f.body, l)
		}
	}
	for _, l := range lines {
		if l.code || !strings.Contains(l.text, "<") {
			put(l, l.text)
			continue
		}
		at := 0
		for _, m := range detailsTag.FindAllStringIndex(l.text, -1) {
			if s := l.text[at:m[0]]; strings.TrimSpace(s) != "" {
				put(l, s)
			}
			at = m[1]
			switch t := strings.ToLower(l.text[m[0]:m[1]]); {
			case strings.HasPrefix(t, "<details"):
				if depth++; depth == 1 {
					f = fold{line: l.no}
				}
			case strings.HasPrefix(t, "</details"):
				if depth == 1 {
					folds = append(folds, f)
				}
				depth, inSummary = max(depth-1, 0), false
			default:
				inSummary = depth == 1 && !strings.HasPrefix(t, "</")
			}
		}
		if s := l.text[at:]; at == 0 || strings.TrimSpace(s) != "" {
			put(l, s)
		}
	}
	if depth > 0 {
		folds = append(folds, f)
	}
	return rest, folds
}
