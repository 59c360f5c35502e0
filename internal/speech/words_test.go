package speech

import (
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	for in, want := range map[string]string{
		"":                             "",
		"auto":                         "",
		" \t":                          "",
		"tts":                          "tts",
		" tts  -q\t-v x ":              "tts|-q|-v|x",
		`tts "a b" 'c "d"'`:            `tts|a b|c "d"`,
		`"C:\Program Files\tts.exe" x`: `C:\Program Files\tts.exe|x`,
		`tts --v="a b"c`:               "tts|--v=a bc",
		`tts "" x`:                     "tts||x",
		"tts $HOME `id`; rm * | sh":    "tts|$HOME|`id`;|rm|*|||sh",
	} {
		got, err := words(in)
		if err != nil || strings.Join(got, "|") != want {
			t.Errorf("%q: %q, want %q (%v)", in, got, want, err)
		}
	}
}

func TestCommandsThatCannotBeMeant(t *testing.T) {
	for _, tc := range []struct {
		o    Options
		want string
	}{
		{Options{Command: `tts "a`}, `speech_command: a " is not closed`},
		{Options{Player: `play 'a`}, `speech_player: a ' is not closed`},
		{Options{Command: `"" a`}, "speech_command: it begins with an empty word"},
		{Options{Command: "tts {voice}"}, "speech_command has {voice}, but voice is not set"},
		{Options{Command: "tts", Voice: "anna"}, `voice "anna" is set, but speech_command has no {voice} to put it`},
	} {
		if _, err := New(tc.o); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%+v: %v, want %s", tc.o, err, tc.want)
		}
	}
}
