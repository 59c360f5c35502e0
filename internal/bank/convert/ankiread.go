package convert

import (
	"strconv"
	"strings"
)

// decodeAnki reads the text export of notes: header lines like #separator:tab,
// then a note a row. Without headers the columns are front, back and tags.
func decodeAnki(file, data string) (List, error) {
	var out List
	h, rest, skipped := ankiHeader(data)
	out.rows(file, rest, h.comma, skipped, func(line int, row []string) {
		if item, ok := h.note(file, line, row); ok {
			out.Items = append(out.Items, item)
		}
	})
	return out, nil
}

// ankiColumns is what the header lines say.
type ankiColumns struct {
	comma rune
	html  bool
	known bool // there is a header
	other map[int]string
	names []field
}

func ankiHeader(data string) (h ankiColumns, rest string, lines int) {
	h = ankiColumns{comma: '\t', other: map[int]string{}}
	for strings.HasPrefix(data, "#") {
		line, after, _ := strings.Cut(data, "\n")
		key, value, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "#"), ":")
		if !ok {
			break
		}
		data = after
		lines++
		h.read(strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value))
	}
	if !h.known && h.comma == '\t' && !strings.Contains(firstLine(data), "\t") {
		h.comma = delimiter(data)
	}
	return h, data, lines
}

var separators = map[string]rune{"tab": '\t', "comma": ',', "semicolon": ';', "pipe": '|', "colon": ':', "space": ' '}

func (h *ankiColumns) read(key, value string) {
	h.known = true
	switch {
	case key == "separator":
		if c, ok := separators[strings.ToLower(value)]; ok {
			h.comma = c
		} else if r := []rune(value); len(r) == 1 && r[0] != '"' {
			h.comma = r[0]
		}
	case key == "html":
		h.html = value == "true"
	case key == "columns":
		for name := range strings.SplitSeq(value, string(h.comma)) {
			h.names = append(h.names, fieldOf(name))
		}
	case strings.HasSuffix(key, " column"):
		if n, err := strconv.Atoi(value); err == nil && n > 0 {
			h.other[n-1] = strings.TrimSuffix(key, " column")
		}
	}
}

// note makes an item of a row: the first column that is nothing else is the
// question, the second the answer.
func (h *ankiColumns) note(file string, line int, row []string) (Item, bool) {
	item := Item{File: file, Line: line, Topic: fileTopic(file)}
	place, filled := 0, false
	for i, cell := range row {
		filled = filled || strings.TrimSpace(cell) != ""
		switch h.other[i] {
		case "tags":
			item.ankiTags(cell)
			continue
		case "deck":
			parts := strings.Split(cell, "::")
			item.put(fieldTopic, parts[len(parts)-1])
			continue
		case "guid":
			item.put(fieldID, cell)
			continue
		case "notetype":
			continue
		}
		switch {
		case i < len(h.names) && h.names[i] != noField:
			item.put(h.names[i], h.markdown(cell))
		case place == 0:
			item.put(fieldQuestion, cleanInline(h.markdown(cell)))
		case place == 1:
			item.ankiBack(cell, h)
		case place == 2 && !h.known:
			item.ankiTags(cell)
		default:
			item.put(fieldAnswer, h.markdown(cell))
		}
		place++
	}
	return item, filled
}

func (h *ankiColumns) markdown(s string) string {
	if h.html || blockTag.MatchString(s) {
		return fromHTML(s)
	}
	return s
}

// pointsOpen begins the list of points in what export writes.
const pointsOpen = `<ul class="key-points">`

// ankiBack reads the back of a card. A list that export has marked is the points.
func (item *Item) ankiBack(cell string, h *ankiColumns) {
	answer, points, ok := strings.Cut(cell, pointsOpen)
	item.put(fieldAnswer, h.markdown(answer))
	if !ok {
		return
	}
	points, after, _ := strings.Cut(points, "</ul>")
	item.put(fieldAnswer, h.markdown(after))
	for p := range strings.SplitSeq(points, "<li>") {
		if p = oneLine(fromHTML(p)); p != "" {
			item.Points = append(item.Points, p)
		}
	}
}

// ankiTags reads tags, parted by blanks. Those of export say level and topic.
func (item *Item) ankiTags(cell string) {
	for t := range strings.FieldsSeq(cell) {
		switch key, value, ok := strings.Cut(t, "::"); {
		case ok && key == "level":
			item.Level = levelOf(value)
		case ok && key == "topic":
			item.Topic = strings.ReplaceAll(value, "_", " ")
		default:
			item.Tags = append(item.Tags, t)
		}
	}
}
