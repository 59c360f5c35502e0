package convert

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	gmtext "github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/elios/elios/internal/rubric"
)

// prose is an answer taken apart: what can be said aloud, and the rest.
type prose struct {
	text   string   // paragraphs and lists, without markup
	parts  []string // paragraphs and list items, in order
	code   []string // blocks, with their fences
	links  []rubric.Reference
	images int
}

// markdown is the parser of answers.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()

// proseOf reads an answer in Markdown.
func proseOf(s string) prose {
	source := []byte(calm(s))
	r := renderer{source: source}
	r.blocks(markdown.Parse(gmtext.NewReader(source)), "")
	r.out.text = strings.TrimSpace(strings.Join(r.lines, "\n"))
	return r.out
}

// renderer writes the blocks of an answer as plain text.
type renderer struct {
	source []byte
	out    prose
	lines  []string
	tight  bool // within a list: no empty lines
}

// blocks writes what is in a block, each line indented.
func (r *renderer) blocks(n ast.Node, indent string) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch b := c.(type) {
		case *ast.Paragraph, *ast.TextBlock, *ast.Heading:
			r.paragraph(c, indent)
		case *ast.List:
			r.list(b, indent)
		case *ast.FencedCodeBlock:
			r.code(b, string(b.Language(r.source)))
		case *ast.CodeBlock:
			r.indented(b, indent)
		case *ast.HTMLBlock:
			r.html(b, indent)
		case *extast.Table:
			r.table(b, indent)
		case *ast.ThematicBreak:
		default:
			r.blocks(c, indent)
		}
	}
}

// put adds a block of text.
func (r *renderer) put(text, indent, first string) {
	text = strings.TrimSpace(text)
	if text == "" {
		return
	}
	if len(r.lines) > 0 && !r.tight {
		r.lines = append(r.lines, "")
	}
	for i, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); i == 0 {
			r.lines = append(r.lines, first+line)
		} else {
			r.lines = append(r.lines, indent+line)
		}
	}
}

// paragraph writes a paragraph. One of nothing but links says nothing by itself:
// the links are kept as references.
func (r *renderer) paragraph(n ast.Node, indent string) {
	text := strings.TrimSpace(r.inline(n))
	if onlyLinks(n, r.source) {
		return
	}
	r.put(text, indent, indent)
	r.part(text)
}

// onlyLinks tells whether a paragraph has a link and no word outside of links.
func onlyLinks(n ast.Node, source []byte) bool {
	links := 0
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch s := c.(type) {
		case *ast.Link, *ast.AutoLink:
			links++
		case *ast.Image, *ast.RawHTML:
		case *ast.Text:
			if hasWord(string(s.Segment.Value(source))) {
				return false
			}
		default:
			return false
		}
	}
	return links > 0
}

func (r *renderer) part(text string) {
	if text = oneLine(text); text != "" {
		r.out.parts = append(r.out.parts, text)
	}
}

// list writes the items one to a line. What is nested in an item is part of it
// for the points, and indented for the reader.
func (r *renderer) list(l *ast.List, indent string) {
	was, number := r.tight, max(l.Start, 1)
	if !was && len(r.lines) > 0 {
		r.lines = append(r.lines, "")
	}
	r.tight = true
	for item := l.FirstChild(); item != nil; item = item.NextSibling() {
		mark := "- "
		if l.IsOrdered() {
			mark = strconv.Itoa(number) + ". "
			number++
		}
		before, lines := len(r.out.parts), len(r.lines)
		r.blocks(item, indent+strings.Repeat(" ", len(mark)))
		if len(r.lines) > lines {
			r.lines[lines] = indent + mark + strings.TrimLeft(r.lines[lines], " ")
		}
		if len(r.out.parts) > before+1 {
			r.out.parts = append(r.out.parts[:before], strings.Join(r.out.parts[before:], "; "))
			r.out.parts[before] = strings.ReplaceAll(strings.ReplaceAll(r.out.parts[before], ":; ", ": "), ".; ", ". ")
		}
	}
	r.tight = was
}

func (r *renderer) code(n ast.Node, language string) {
	var b strings.Builder
	lines := n.Lines()
	for i := range lines.Len() {
		at := lines.At(i)
		b.Write(at.Value(r.source))
	}
	body := strings.TrimRight(b.String(), "\n")
	if strings.TrimSpace(body) == "" {
		return
	}
	mark := "```"
	for strings.Contains(body, mark) {
		mark += "`"
	}
	r.out.code = append(r.out.code, mark+language+"\n"+body+"\n"+mark)
}

// indented reads a block that is code only by its indentation: in lists written
// by hand it is a paragraph as often.
func (r *renderer) indented(n *ast.CodeBlock, indent string) {
	var b strings.Builder
	for i := range n.Lines().Len() {
		at := n.Lines().At(i)
		b.Write(at.Value(r.source))
	}
	if s := b.String(); !strings.ContainsAny(s, "{};=<>") && len(strings.Fields(s)) > 3 {
		text := oneLine(cleanInline(s))
		r.put(text, indent, indent)
		r.part(text)
		return
	}
	r.code(n, "")
}

// html reads a block of HTML as the Markdown that it stands for.
func (r *renderer) html(n *ast.HTMLBlock, indent string) {
	var b strings.Builder
	for i := range n.Lines().Len() {
		at := n.Lines().At(i)
		b.Write(at.Value(r.source))
	}
	if n.HasClosure() {
		b.Write(n.ClosureLine.Value(r.source))
	}
	s := b.String()
	r.out.images += len(image.FindAllString(s, -1))
	md := fromHTML(s)
	for i, piece := range strings.Split(md, "```") {
		if i%2 == 1 {
			r.out.code = append(r.out.code, "```"+strings.TrimRight(piece, "\n")+"\n```")
			continue
		}
		r.out.links = append(r.out.links, linksOf(piece)...)
		for p := range strings.SplitSeq(piece, "\n\n") {
			text := strings.TrimSpace(cleanInline(p))
			r.put(text, indent, indent)
			r.part(text)
		}
	}
}

// table writes a row as a sentence: its first cell, and what the others say.
func (r *renderer) table(t *extast.Table, indent string) {
	var rows []string
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		var texts []string
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			if s := oneLine(r.inline(c)); s != "" {
				texts = append(texts, s)
			}
		}
		if _, head := row.(*extast.TableHeader); head || len(texts) == 0 {
			continue
		}
		s := texts[0]
		if len(texts) > 1 {
			s += ": " + strings.Join(texts[1:], "; ")
		}
		rows = append(rows, "- "+s)
		r.part(s)
	}
	r.put(strings.Join(rows, "\n"), indent, indent)
}

// inline gives the text of a paragraph: emphasis, links, images and HTML gone,
// code between backticks.
func (r *renderer) inline(n ast.Node) string {
	var b strings.Builder
	r.spans(&b, n)
	return b.String()
}

func (r *renderer) spans(b *strings.Builder, n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch s := c.(type) {
		case *ast.Text:
			value := util.UnescapePunctuations(s.Segment.Value(r.source))
			b.Write(util.ResolveEntityNames(util.ResolveNumericReferences(value)))
			if s.SoftLineBreak() || s.HardLineBreak() {
				b.WriteByte('\n')
			}
		case *ast.String:
			b.Write(s.Value)
		case *ast.CodeSpan:
			b.WriteByte('`')
			for t := s.FirstChild(); t != nil; t = t.NextSibling() {
				if t, ok := t.(*ast.Text); ok {
					b.Write(t.Segment.Value(r.source))
				}
			}
			b.WriteByte('`')
		case *ast.Image:
			r.out.images++
		case *ast.AutoLink:
			r.link(string(s.URL(r.source)), string(s.URL(r.source)))
			b.Write(s.Label(r.source))
		case *ast.RawHTML:
			r.rawHTML(b, s)
		case *ast.Link:
			before := b.Len()
			r.spans(b, s)
			r.link(b.String()[before:], string(s.Destination))
		default:
			r.spans(b, c)
		}
	}
}

func (r *renderer) link(title, url string) {
	if ref, ok := reference(oneLine(title), url); ok {
		r.out.links = append(r.out.links, ref)
	}
}

// rawHTML writes what a tag within a line stands for. Words in angle brackets
// that are no tag stay.
func (r *renderer) rawHTML(b *strings.Builder, n *ast.RawHTML) {
	var s strings.Builder
	for i := range n.Segments.Len() {
		at := n.Segments.At(i)
		s.Write(at.Value(r.source))
	}
	switch t := strings.ToLower(s.String()); {
	case strings.HasPrefix(t, "<br"):
		b.WriteByte('\n')
	case strings.HasPrefix(t, "<code"), t == "</code>", t == "<kbd>", t == "</kbd>":
		b.WriteByte('`')
	case strings.HasPrefix(t, "<img"):
		r.out.images++
	case !tag.MatchString(t) && !detailsTag.MatchString(t):
		b.WriteString(s.String())
	}
}
