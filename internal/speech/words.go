package speech

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// voicePlace is where any other command than the known ones wants the voice.
const voicePlace = "{voice}"

// words splits a command, nil for "auto".
func words(command string) ([]string, error) {
	out, err := Split(command)
	switch {
	case err != nil:
		return nil, err
	case len(out) == 0, len(out) == 1 && out[0] == "auto":
		return nil, nil
	}
	return out, nil
}

// Split splits a command at white space; 'single' and "double" quotes keep
// words together. No shell reads it: nothing is expanded, and a backslash is a
// letter, as in the paths of Windows. It fails for a quote that is not closed and
// for a program without a name.
func Split(command string) ([]string, error) {
	var out []string
	var word strings.Builder
	quote, begun := rune(0), false
	for _, r := range command {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote, begun = r, true
		case quote == 0 && strings.ContainsRune(" \t\r\n", r):
			if begun {
				out = append(out, word.String())
				word.Reset()
			}
			begun = false
		default:
			word.WriteRune(r)
			begun = true
		}
	}
	if quote != 0 {
		return nil, fmt.Errorf("a %c is not closed", quote)
	}
	if begun {
		out = append(out, word.String())
	}
	if len(out) > 0 && out[0] == "" {
		return nil, errors.New("it begins with an empty word; give a program")
	}
	return out, nil
}

// checkVoice refuses a voice that nobody would hear, and a place without one.
func checkVoice(command []string, voice string) error {
	if _, ok := known(command); ok || command == nil {
		return nil
	}
	placed := slices.ContainsFunc(command[1:], func(w string) bool { return strings.Contains(w, voicePlace) })
	switch {
	case placed && voice == "":
		return fmt.Errorf("speech_command has %s, but voice is not set", voicePlace)
	case !placed && voice != "":
		return fmt.Errorf("voice %q is set, but speech_command has no %s to put it", voice, voicePlace)
	}
	return nil
}
