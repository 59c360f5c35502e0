package speech

import (
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/elios/elios/internal/text"
)

// engine is a speech program that is known by name.
type engine struct {
	name string
	// args are those that make it read its input. With a player there it
	// gives a WAV if it can; wav tells whether it does.
	args func(voice string, player bool) (args []string, wav bool, err error)
}

// engines in the order in which they are looked for.
var engines = []engine{{"espeak-ng", espeak}, {"say", say}, {"piper", piper}}

func espeak(voice string, player bool) ([]string, bool, error) {
	args := []string{"--stdin", "-b", "1"} // UTF-8
	if player {
		args = append(args, "--stdout")
	}
	if voice != "" {
		args = append(args, "-v", voice)
	}
	return args, player, nil
}

func say(voice string, _ bool) ([]string, bool, error) {
	args := []string{"-f", "-"}
	if voice != "" {
		args = append(args, "-v", voice)
	}
	return args, false, nil
}

func piper(voice string, _ bool) ([]string, bool, error) {
	if voice == "" {
		return nil, false, errors.New("piper needs a voice; set voice to the path of its .onnx file")
	}
	return []string{"--model", voice, "--output_file", "-"}, true, nil
}

// players are the programs known to play a WAV file, in the order in which they
// are looked for, with what keeps them from writing and opening windows.
var players = [][]string{
	{"aplay", "-q"},
	{"paplay"},
	{"pw-play"},
	{"afplay"},
	{"ffplay", "-nodisp", "-autoexit", "-loglevel", "error"},
}

// find looks for the programs. It does so for each text, so that one installed
// meanwhile is used.
func (s *Speaker) find() (reader, error) {
	play, err := s.findPlayer()
	if err != nil {
		return reader{}, err
	}
	return s.findReader(play)
}

// findReader looks for what reads aloud, for a player.
func (s *Speaker) findReader(play []string) (reader, error) {
	command := s.command
	if command == nil {
		if command = firstEngine(); command == nil {
			return reader{}, errors.New("no espeak-ng, say or piper found; install espeak-ng, or set speech_command")
		}
	}
	path, err := lookPath(command[0], "speech_command")
	if err != nil {
		return reader{}, err
	}
	r := reader{play: play}
	if e, ok := known(command); ok {
		args, wav, err := e.args(s.voice, play != nil)
		r.speak, r.wav = append([]string{path}, args...), wav
		return r, err
	}
	r.speak = []string{path}
	for _, w := range command[1:] {
		r.speak = append(r.speak, strings.ReplaceAll(w, voicePlace, s.voice))
	}
	return r, nil
}

func firstEngine() []string {
	for _, e := range engines {
		if _, err := exec.LookPath(e.name); err == nil {
			return []string{e.name}
		}
	}
	return nil
}

// findPlayer is nil without an error when none is set and none is there.
func (s *Speaker) findPlayer() ([]string, error) {
	if s.player == nil {
		for _, p := range players {
			if path, err := exec.LookPath(p[0]); err == nil {
				return append([]string{path}, p[1:]...), nil
			}
		}
		return nil, nil
	}
	path, err := lookPath(s.player[0], "speech_player")
	if err != nil {
		return nil, err
	}
	args := s.player[1:]
	i := slices.IndexFunc(players, func(p []string) bool { return p[0] == baseName(path) })
	if len(args) == 0 && i >= 0 {
		args = players[i][1:]
	}
	return append([]string{path}, args...), nil
}

func lookPath(name, key string) (string, error) {
	path, err := exec.LookPath(name)
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return "", fmt.Errorf("%s is not installed; install it, or set %s to another", shown(name), key)
	case err != nil:
		return "", fmt.Errorf("%s cannot be run: %w; set %s to another", shown(name), errors.Unwrap(err), key)
	}
	return path, nil
}

// known finds the engine of a command without arguments of its own.
func known(command []string) (engine, bool) {
	if len(command) != 1 {
		return engine{}, false
	}
	i := slices.IndexFunc(engines, func(e engine) bool { return e.name == baseName(command[0]) })
	if i < 0 {
		return engine{}, false
	}
	return engines[i], true
}

func baseName(path string) string { return strings.TrimSuffix(filepath.Base(path), ".exe") }

// nameOf is a program as a message names it.
func nameOf(argv []string) string { return shown(baseName(argv[0])) }

func shown(s string) string { return strings.Join(strings.Fields(text.Clean(s)), " ") }
