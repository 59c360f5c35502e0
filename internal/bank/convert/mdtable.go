package convert

import "strings"

// qaRow is a row of a table with questions and answers.
type qaRow struct {
	line             int
	question, answer string
}

// tablePairs reads a table with a column of questions and one of answers; nil
// for any other.
func tablePairs(lines []mdLine) []qaRow {
	if len(lines) < 3 || !strings.Contains(lines[0].text, "|") || !tableRule.MatchString(lines[1].text) {
		return nil
	}
	ask, answer := -1, -1
	for i, c := range cells(lines[0].text) {
		switch c = strings.ToLower(plainInline(c)); {
		case strings.HasPrefix(c, "question"):
			ask = i
		case strings.HasPrefix(c, "answer"):
			answer = i
		}
	}
	if ask < 0 || answer < 0 {
		return nil
	}
	var out []qaRow
	for _, l := range lines[2:] {
		row := cells(l.text)
		if ask < len(row) && answer < len(row) {
			out = append(out, qaRow{l.no, strings.TrimSpace(cleanInline(row[ask])), strings.ReplaceAll(row[answer], "<br>", "\n")})
		}
	}
	return out
}

// cells cuts a row of a table; \| is no border.
func cells(s string) []string {
	s = strings.ReplaceAll(strings.TrimSpace(s), `\|`, "\x00")
	out := strings.Split(strings.TrimSuffix(strings.TrimPrefix(s, "|"), "|"), "|")
	for i := range out {
		out[i] = strings.TrimSpace(strings.ReplaceAll(out[i], "\x00", "|"))
	}
	return out
}

func (d *mdDecoder) tableQuestions(rows []qaRow) {
	for _, r := range rows {
		d.Items = append(d.Items, Item{
			File: d.file, Line: r.line, Prompt: r.question, Answer: r.answer,
			Topic: d.topicFor(8), Level: d.page.level, Tags: d.page.tags,
		})
	}
}
