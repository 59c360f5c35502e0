package ollama

import (
	"strings"
	"testing"

	"github.com/elios/elios/internal/text"
)

func TestNeutralBreaksControlTokens(t *testing.T) {
	for _, token := range []string{
		"<|im_start|>", "<|im_end|>", "<|eot_id|>", "<|start_header_id|>", "<|endoftext|>", "<|assistant|>", "<|start_of_role|>",
		"<start_of_turn>", "<end_of_turn>", "<bos>", "<eos>", "<s>", "</s>", "<think>", "</think>", "<tool_call>", "</tool_call>",
		"[INST]", "[/INST]", "<<SYS>>", "<</SYS>>", "[SYSTEM_PROMPT]", "[AVAILABLE_TOOLS]", "[TOOL_CALLS]", "<｜User｜>", "<｜end▁of▁sentence｜>",
		"<unused12>", "<START_OF_TURN>",
	} {
		in := "before " + token + " after"
		out := neutral(in)
		if strings.Contains(out, token) {
			t.Errorf("%q stays in %q", token, out)
		}
		if start, end, ok := text.FindQuote(in, out); !ok || start != 0 || end != len(in) {
			t.Errorf("%q is not found in %q any more", out, in)
		}
	}
}

func TestNeutralLeavesCodeAlone(t *testing.T) {
	for _, s := range []string{"if a < b || c > d {", "vector<int> v; List<String> l", "<div class=\"x\">", "x[i] = y[INT]", "a << 3"} {
		if got := neutral(s); got != s {
			t.Errorf("%q became %q", s, got)
		}
	}
	if got := neutral("a\x1b[31mred\x00"); strings.ContainsAny(got, "\x1b\x00") {
		t.Errorf("%q", got)
	}
}
