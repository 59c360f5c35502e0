package speech

import (
	"context"
	"errors"
	"strings"
)

// reader is what reads aloud on this machine at this moment.
type reader struct {
	speak []string // takes the text on its input
	wav   bool     // speak has to give a WAV; any other may speak itself
	play  []string // plays the file named by the last word; nil: there is none
}

// errNoPlayer is a WAV that nobody can play.
var errNoPlayer = errors.New("nothing here plays sound; install aplay (alsa-utils), or set speech_player")

// sound makes the WAV of a text; nil when the command has spoken itself.
func (r reader) sound(ctx context.Context, spoken string) ([]byte, error) {
	out, complaint, err := run(ctx, r.speak, spoken+"\n", MaxSound)
	switch {
	case err != nil:
		return nil, err
	case len(out) == 0 && r.wav:
		return nil, failed("%s gave no sound%s", nameOf(r.speak), because(complaint))
	case len(out) == 0 && strings.HasPrefix(strings.ToLower(complaint), "error"):
		// espeak-ng without a sound device says so and exits with 0.
		return nil, failed("%s failed%s", nameOf(r.speak), because(complaint))
	case len(out) == 0:
		return nil, nil
	}
	sound, err := mendWAV(out)
	switch {
	case err != nil:
		return nil, failed("%s gave no WAV: %w", nameOf(r.speak), err)
	case r.play == nil:
		return nil, errNoPlayer
	}
	return sound, nil
}

func (r reader) playFile(ctx context.Context, file string) error {
	_, _, err := run(ctx, withFile(r.play, file), "", 0)
	return err
}

// filePlace is where a player's command wants the file, else it comes last.
const filePlace = "{file}"

func withFile(player []string, file string) []string {
	out := make([]string, 0, len(player)+1)
	found := false
	for i, w := range player {
		if i > 0 && strings.Contains(w, filePlace) {
			w, found = strings.ReplaceAll(w, filePlace, file), true
		}
		out = append(out, w)
	}
	if !found {
		out = append(out, file)
	}
	return out
}
