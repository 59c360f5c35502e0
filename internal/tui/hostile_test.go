package tui

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// hostile are texts that try to drive the terminal that shows them, with what
// each of them tries.
var hostile = []struct{ tries, text string }{
	{"colours", "\x1b[31;5mred\x1b[0m"},
	{"colours, nested", "\x1b\x1b[31m[31mred"},
	{"colours, 8-bit CSI", "\u009b31mred"},
	{"colours, raw byte", "\x9b31mred"},
	{"window title", "\x1b]0;pwned\x07"},
	{"window title, 8-bit", "\u009d2;pwned\u009c"},
	{"window title back as input", "\x1b[21t"},
	{"clipboard", "\x1b]52;c;cHduZWQ=\x07"},
	{"hyperlink", "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\"},
	{"notification", "\x1b]9;pwned\x07\x1b]777;notify;pwned;now\x07"},
	{"file transfer", "\x1b]1337;File=inline=1:AAAA\x07"},
	{"sixel image", "\x1bPq#0;2;0;0;0#0~~\x1b\\"},
	{"kitty image", "\x1b_Ga=T,f=24;AAAA\x1b\\"},
	{"tmux passthrough", "\x1bPtmux;\x1b\x1b]52;c;cHduZWQ=\x07\x1b\\"},
	{"private message", "\x1b^pwned\x1b\\"},
	{"start of string", "\x1bXpwned\x1b\\"},
	{"unterminated OSC", "\x1b]52;c;"},
	{"lone escape", "word\x1b"},
	{"cursor home and clear", "\x1b[H\x1b[2Jgone"},
	{"leave the alternate screen", "\x1b[?1049l"},
	{"scroll region", "\x1b[5;6r"},
	{"resize the window", "\x1b[8;1;1t"},
	{"hide the cursor", "\x1b[?25l"},
	{"mouse reports", "\x1b[?1003h\x1b[?1006h"},
	{"end of paste", "\x1b[201~rm -rf /\r"},
	{"report position", "\x1b[6n"},
	{"report terminal", "\x1b[c\x05"},
	{"report mode", "\x1b[?2026$p"},
	{"full reset", "\x1bc"},
	{"soft reset", "\x1b[!p"},
	{"line drawing", "\x1b(0lqqk\x0e"},
	{"bells", "\a\a\a"},
	{"overwrite by backspace", "safe\b\b\b\bevil"},
	{"overwrite by return", "safe\revil"},
	{"vertical tabs", "a\vb\fc"},
	{"null and delete", "a\x00b\x7fc"},
	{"text direction", "\u202egnp.exe\u202c \u2066a\u2069 \u200f"},
	{"invisible", "a\u200bb\ufeffc\u00add\u2060e"},
	{"tags", "a\U000e0041\U000e0042"},
	{"line separators", "one\u2028two\u2029three\u0085four"},
	{"invalid UTF-8", "a\xff\xfe\xc0\xafb"},
	{"stacked accents", "a" + strings.Repeat("\u0301", 200)},
}

// TestHostileText plays each text through the whole program, in every place a
// bank, a model, a peer or a candidate can write to. What reaches the terminal
// holds nothing but the sequences Bubble Tea itself needs, and none that a
// harmless text would not have brought.
func TestHostileText(t *testing.T) {
	harmless := playHostile(t, "nothing to see")
	for _, c := range hostile {
		t.Run(c.tries, func(t *testing.T) {
			t.Parallel()
			out := playHostile(t, c.text)
			kinds := sequences(out)
			for kind := range kinds {
				if !slices.Contains(allowedSequences, kind) {
					t.Errorf("the terminal was sent %q", kind)
				}
			}
			for _, seq := range escapes(c.text) {
				if strings.Contains(out, seq) && !strings.Contains(harmless, seq) {
					t.Errorf("the terminal was sent %q of the text", seq)
				}
			}
			t.Logf("%-28s %6d bytes sent, %d kinds of sequences", c.tries, len(out), len(kinds))
		})
	}
}

// escapes are the control sequences in a text.
func escapes(s string) (out []string) {
	var state byte
	for len(s) > 0 {
		seq, width, n, next := ansi.DecodeSequence(s, state, nil)
		if width == 0 && len(seq) > 2 && seq[0] == ansi.ESC {
			out = append(out, seq)
		}
		state, s = next, s[n:]
	}
	return out
}

// playHostile is a whole interview in which every text is s, and what the
// terminal was sent.
func playHostile(t testing.TB, s string) string {
	h := hostileHouse(s)
	p := runOn(t, h, func(o *Options) { o.Program = append(o.Program, tea.WithColorProfile(colorprofile.TrueColor)) })
	p.waitFor("Practise", "2 banks")
	p.press("enter")
	p.waitFor("24 questions")
	p.press("enter")
	p.waitFor("●QUESTIONING", "0 words")
	p.p.Send(tea.PasteMsg{Content: s + " It blocks forever and ever."})
	p.waitFor("forever and ever")
	p.press("ctrl+t") // a hint
	p.waitFor("1/1")
	h.failing("Do answer", errors.New("peer: "+s))
	p.press("ctrl+s")
	p.waitFor("peer:")
	h.failing("Do answer", nil)
	h.mu.Lock()
	h.hold = true
	h.mu.Unlock()
	p.press("ctrl+s")
	p.waitFor("●EVALUATING")
	r := h.rooms[0]
	r.live <- session.Live{Turn: 1, Done: 1, Of: 3, Phase: s, Met: []session.MetPoint{{Point: "x", Text: s, Evidence: []rubric.Evidence{{Quote: s}}}}}
	r.send(session.EvaluationFailed{Turn: 1, Why: "model: " + s, Attempt: 3})
	p.waitFor("model:")
	p.press("b", "y") // the built-in evaluator goes on
	p.waitFor("built-in")
	r.evaluate()
	p.waitFor("●FOLLOW UP", "0 words")
	p.press("ctrl+x")
	p.waitFor("y")
	p.press("y")
	p.waitFor("unprompted")
	p.press("enter")
	p.waitFor("Your answer")
	p.press("tab", "d")
	p.waitFor("esc")
	p.p.Send(tea.PasteMsg{Content: s + " I said that."})
	p.waitFor("said that.")
	p.press("enter")
	p.waitFor("disputed")
	p.press("h")
	p.waitFor("answer")
	p.press("esc", "pgdown", "pgdown", "esc", "q")
	p.waitFor("1 interview")
	p.press("ctrl+c")
	if err := p.ended(); err != nil {
		t.Fatal(err)
	}
	return p.out.String()
}

// hostileHouse writes s wherever it can.
func hostileHouse(s string) *house {
	h := newHouse()
	h.by = session.EvaluatorInfo{Name: "ollama", Model: s, Digest: s, Version: s}
	h.feedback, h.suggestion = s+" is what the feedback says.", &session.Suggestion{Ask: "Why " + s + " so?", Target: "select"}
	for i := range h.banks {
		b := &h.banks[i]
		b.Title, b.Description, b.Version, b.License, b.Source, b.Language = s, s, s, s, s, s
		for j := range b.Topics {
			b.Topics[j].Title = s
		}
	}
	for i := range h.pool {
		q := &h.pool[i]
		q.Ask, q.Topic, q.TopicTitle, q.Ideal, q.Hints = s, s, s, s+" is ideal.", []string{s}
		q.References = []rubric.Reference{{Title: s, URL: "https://x.example/" + s}}
		for j := range q.KeyPoints {
			k := &q.KeyPoints[j]
			k.Point, k.Probe, k.Say = s, s+"?", s
		}
		q.Misconceptions = []rubric.Misconception{{ID: "m", Point: s, Penalty: 1}}
	}
	return h
}

// allowedSequences is everything that may reach the terminal beside text, as
// sequences gives it: what Bubble Tea's renderer can write, and our title.
var allowedSequences = []string{
	"LF", "CR", "CSI m", // lines, colours and weight
	"CSI H", "CSI A", "CSI B", "CSI C", "CSI D", "CSI E", "CSI F", "CSI G", "CSI d", "CSI I", "CSI Z", // the cursor's place
	"CSI J", "CSI K", "CSI X", "CSI P", "CSI @", "CSI L", "CSI M", "CSI b", // erase, insert, repeat
	"CSI r", "CSI S", "CSI T", `"\x1bM"`, "CSI ?7h", "CSI ?7l", // scroll and wrap
	"CSI ?1049h", "CSI ?1049l", // the alternate screen
	"CSI ?25h", "CSI ?25l", "CSI 2 q", "CSI 0 q", "OSC 12;#c0c0c0", "OSC 112", // the cursor's look
	"CSI ?2004h", "CSI ?2004l", // bracketed paste
	"CSI >4;2m", "CSI >4m", "CSI >1u", "CSI <1u", "CSI ?u", // which keys can be told apart
	"CSI ?2026$p", "CSI ?2027$p", "OSC 11;?", // what the terminal can do, and its background
	"OSC 2;elios", "OSC 2;", // our title
}

// sequences lists the kinds of control sequences in what a terminal was sent:
// private modes and OSC with their parameters, other CSI by their last byte.
// Anything invisible that is no sequence counts as one.
func sequences(out string) map[string]bool {
	found := map[string]bool{}
	var state byte
	p := ansi.NewParser()
	for len(out) > 0 {
		seq, width, n, next := ansi.DecodeSequence(out, state, p)
		state, out = next, out[n:]
		switch {
		case width > 0:
			invisible(seq, found)
		case seq == "\n":
			found["LF"] = true
		case seq == "\r":
			found["CR"] = true
		case ansi.HasCsiPrefix(seq):
			found[csiKind(seq, p)] = true
		case ansi.HasOscPrefix(seq):
			found["OSC "+strings.TrimRight(seq[2:], "\x07\x1b\\")] = true
		case strings.IndexFunc(seq, notAccent) < 0: // the rest of a long stack
		default:
			found[fmt.Sprintf("%q", seq)] = true
		}
	}
	return found
}

func notAccent(r rune) bool { return !unicode.Is(unicode.Mn, r) }

func csiKind(seq string, p *ansi.Parser) string {
	cmd := ansi.Cmd(p.Command())
	if cmd.Prefix() != 0 || cmd.Intermediate() != 0 {
		return "CSI " + strings.TrimPrefix(seq, "\x1b[")
	}
	return "CSI " + string(rune(cmd.Final()))
}

// invisible notes what hides in a cell: format characters but for the joiners,
// separators, broken UTF-8.
func invisible(cell string, found map[string]bool) {
	if !utf8.ValidString(cell) {
		found[fmt.Sprintf("bytes %q", cell)] = true
	}
	for _, r := range cell {
		if unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) && r != '\u200c' && r != '\u200d' {
			found[fmt.Sprintf("%U", r)] = true
		}
	}
}
