package config

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/agext/levenshtein"
)

// key is one setting: its name, its default, and how its text is read.
type key struct {
	name   string
	def    func(env func(string) string) string
	set    func(c *Config, s string) error
	isPath bool
}

func keys() []key {
	return []key{
		{"db", inData("elios.db"), path(func(c *Config) *string { return &c.DB }), true},
		{"banks_dir", inData("banks"), path(func(c *Config) *string { return &c.BanksDir }), true},
		{"bank", always("last"), setBank, false},
		{"evaluator", always("auto"), oneOf(func(c *Config) *string { return &c.Evaluator }, "auto", "builtin", "ollama"), false},
		{"count", always("4"), setCount, false},
		{"follow_ups", always("bank"), oneOf(func(c *Config) *string { return &c.FollowUps }, "bank", "0", "1", "2", "3"), false},
		{"mode", always("practice"), oneOf(func(c *Config) *string { return &c.Mode }, "practice", "exam"), false},
		{"time_limit", always("0s"), span(func(c *Config) *time.Duration { return &c.TimeLimit }, 0), false},
		{"idle", always("30m"), span(func(c *Config) *time.Duration { return &c.Idle }, time.Second), false},
		{"expire", always("168h"), span(func(c *Config) *time.Duration { return &c.Expire }, time.Minute), false},
		{"model", always("auto"), setModel, false},
		{"ollama_host", ollamaHost, setOllamaHost, false},
		{"context", always("8192"), setContext, false},
		{"editor", editor, command(func(c *Config) *string { return &c.Editor }), false},
		{"speak", always("false"), setSpeak, false},
		{"speech_command", always("auto"), command(func(c *Config) *string { return &c.SpeechCommand }), false},
		{"voice", always("auto"), setVoice, false},
		{"speech_player", always("auto"), command(func(c *Config) *string { return &c.SpeechPlayer }), false},
	}
}

// find is the key of a name. For one that does not exist the error names the
// one that may be meant.
func find(name string) (key, error) {
	best, distance := "", 4
	for _, k := range keys() {
		if k.name == name {
			return k, nil
		}
		if d := levenshtein.Distance(name, k.name, nil); d < distance && d < len(k.name) {
			best, distance = k.name, d
		}
	}
	if best == "" {
		return key{}, fmt.Errorf("unknown key %q", name)
	}
	return key{}, fmt.Errorf("unknown key %q; did you mean %q?", name, best)
}

// variable is the name of a key in the environment.
func (k key) variable() string { return "ELIOS_" + strings.ToUpper(k.name) }

func always(s string) func(func(string) string) string {
	return func(func(string) string) string { return s }
}

func inData(name string) func(func(string) string) string {
	return func(env func(string) string) string { return under(DataDir(env), name) }
}

// editor is what other programs would open, too.
func editor(env func(string) string) string { return editorOn(runtime.GOOS, env) }

func editorOn(system string, env func(string) string) string {
	if s := firstOf(env("VISUAL"), env("EDITOR")); s != "" {
		return s
	}
	if system == "windows" {
		return "notepad"
	}
	return "vi"
}

func setBank(c *Config, s string) error {
	if strings.TrimSpace(s) == "" {
		return errors.New("it is empty; give a bank's id, or last for the bank of the last interview")
	}
	c.Bank = s
	return nil
}

func path(field func(*Config) *string) func(*Config, string) error {
	return func(c *Config, s string) error {
		if s == "" {
			return errors.New("it is empty; give a path")
		}
		*field(c) = s
		return nil
	}
}

func oneOf(field func(*Config) *string, allowed ...string) func(*Config, string) error {
	return func(c *Config, s string) error {
		if !slices.Contains(allowed, s) {
			return fmt.Errorf("%q is not one of %s", s, strings.Join(allowed, ", "))
		}
		*field(c) = s
		return nil
	}
}

func span(field func(*Config) *time.Duration, least time.Duration) func(*Config, string) error {
	return func(c *Config, s string) error {
		d, err := time.ParseDuration(s)
		if err != nil || d < least {
			return fmt.Errorf("%q is not a time span of %s or more, such as 90s or 5m", s, least)
		}
		*field(c) = d
		return nil
	}
}

func setCount(c *Config, s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return fmt.Errorf("%q is not a number of questions (0 for all of a bank)", s)
	}
	c.Count = n
	return nil
}

func command(field func(*Config) *string) func(*Config, string) error {
	return func(c *Config, s string) error {
		if strings.TrimSpace(s) == "" {
			return errors.New("it is empty; give a command, or leave the key out")
		}
		*field(c) = s
		return nil
	}
}

func setSpeak(c *Config, s string) error {
	if s != "true" && s != "false" {
		return fmt.Errorf("%q is not one of true, false", s)
	}
	c.Speak = s == "true"
	return nil
}

// setVoice reads auto as the command's own voice.
func setVoice(c *Config, s string) error {
	switch {
	case strings.TrimSpace(s) == "":
		return errors.New("it is empty; give a voice, or auto")
	case s != "auto":
		c.Voice = s
	}
	return nil
}

// setModel reads auto as the first suitable model that is installed.
func setModel(c *Config, s string) error {
	switch {
	case strings.TrimSpace(s) == "" || strings.ContainsAny(s, " \t\n"):
		return fmt.Errorf("%q is no model; give one such as gemma3:4b, or auto", s)
	case s == "auto":
		c.Model = ""
	default:
		c.Model = s
	}
	return nil
}

// ollamaHost is where every other client of Ollama looks, too.
func ollamaHost(env func(string) string) string {
	return firstOf(env("OLLAMA_HOST"), "127.0.0.1:11434")
}

func setOllamaHost(c *Config, s string) error {
	c.OllamaHost = s
	return nil
}

// Least and most tokens of a context: under the least no rubric fits, over the most no machine.
const (
	leastContext = 2048
	mostContext  = 1 << 20
)

func setContext(c *Config, s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < leastContext || n > mostContext {
		return fmt.Errorf("%q is not a number of tokens from %d to %d", s, leastContext, mostContext)
	}
	c.Context = n
	return nil
}
