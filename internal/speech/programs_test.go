package speech

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	for _, tc := range []struct {
		name     string
		there    string
		o        Options
		speak    string
		wav      bool
		play     string
		mistaken string
	}{
		{"the first engine", "piper say espeak-ng aplay", Options{}, "espeak-ng --stdin -b 1 --stdout", true, "aplay -q", ""},
		{"auto", "say aplay", Options{Command: "auto", Player: "auto"}, "say -f -", false, "aplay -q", ""},
		{"a voice", "espeak-ng paplay", Options{Voice: "en-gb"}, "espeak-ng --stdin -b 1 --stdout -v en-gb", true, "paplay", ""},
		{"espeak-ng plays when nothing else does", "espeak-ng", Options{}, "espeak-ng --stdin -b 1", false, "", ""},
		{"say", "espeak-ng say", Options{Command: "say", Voice: "Daniel"}, "say -f - -v Daniel", false, "", ""},
		{"piper", "piper ffplay", Options{Command: "piper", Voice: "/v/en.onnx"}, "piper --model /v/en.onnx --output_file -", true, "ffplay -nodisp -autoexit -loglevel error", ""},
		{"arguments of one's own", "espeak-ng", Options{Command: "espeak-ng -s 120"}, "espeak-ng -s 120", false, "", ""},
		{"any command", "tts", Options{Command: "tts --voice={voice} -", Voice: "x y"}, "tts|--voice=x y|-", false, "", ""},
		{"a known player", "tts aplay pw-play", Options{Command: "tts", Player: "pw-play"}, "tts", false, "pw-play", ""},
		{"a player's own arguments", "tts aplay", Options{Command: "tts", Player: "aplay -D hw"}, "tts", false, "aplay -D hw", ""},
		{"piper without a voice", "piper aplay", Options{}, "", false, "", "piper needs a voice"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := newStage(t, strings.Fields(tc.there)...)
			sp, _ := s.speaker(tc.o)
			r, err := sp.find()
			if tc.mistaken != "" {
				if err == nil || !strings.Contains(err.Error(), tc.mistaken) {
					t.Errorf("%v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			want := strings.Split(tc.speak, "|")
			if len(want) == 1 {
				want = strings.Fields(tc.speak)
			}
			want[0] = filepath.Join(s.dir, want[0])
			if got := strings.Join(r.speak, "|"); got != strings.Join(want, "|") || r.wav != tc.wav {
				t.Errorf("speak %s, WAV %v", got, r.wav)
			}
			if got := strings.TrimPrefix(strings.Join(r.play, " "), s.dir+string(filepath.Separator)); got != tc.play {
				t.Errorf("play %s, want %s", got, tc.play)
			}
		})
	}
}

func TestKnownByItsPath(t *testing.T) {
	for command, want := range map[string]bool{"/opt/bin/espeak-ng": true, "say.exe": true, "espeak": false, "espeak-ng -s 1": false} {
		w, err := words(command)
		if _, ok := known(w); err != nil || ok != want {
			t.Errorf("%s: %v, %v", command, ok, err)
		}
	}
}

func TestWithFile(t *testing.T) {
	for in, want := range map[string]string{"p": "p f", "p -q": "p -q f", "p --in={file} -x": "p --in=f -x", "{file}": "{file} f"} {
		if got := strings.Join(withFile(strings.Fields(in), "f"), " "); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}
