package ollama

import (
	"regexp"
	"strings"

	"github.com/elios/elios/internal/text"
)

// Ollama parses the control tokens of a model in the text of a message too (its issue 15931), so
// that an answer could end its own turn and go on as the system or the model. These are the marks of
// the model families in use: ChatML, Llama, Gemma, Mistral, DeepSeek, Phi, Granite, and thinking.
var (
	marks = strings.NewReplacer("<|", "< |", "|>", "| >", "<｜", "< ｜", "｜>", "｜ >")
	tags  = regexp.MustCompile(`(?i)<(/?(?:s|bos|eos|pad|unk|mask|sep|think|thinking|tool_\w+|start_of_\w+|end_of_\w+|begin_of_\w+|im_\w+|fim_\w+|unused\d+)>)`)
	inst  = regexp.MustCompile(`(?i)\[(/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS|TOOL_RESULTS|AVAILABLE_TOOLS|IMG\w*|THINK)\])`)
	sys   = regexp.MustCompile(`(?i)<<(/?SYS)>>`)
)

// neutral is a text of strangers (a bank, a candidate) as it may stand in a prompt: clean, and with
// every control token broken up by a space. Quotes are found all the same, since FindQuote folds
// space and punctuation.
func neutral(s string) string {
	s = marks.Replace(text.Clean(s))
	s = sys.ReplaceAllString(s, "< <$1> >")
	s = tags.ReplaceAllString(s, "< $1")
	return inst.ReplaceAllString(s, "[ $1")
}
