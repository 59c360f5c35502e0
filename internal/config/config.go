// Package config turns file, environment and flags into one typed value. A flag
// goes before the environment, that before the file, that before the default.
package config

import (
	"slices"
	"time"
)

// Config is every setting of elios.
type Config struct {
	DB         string        // the database
	BanksDir   string        // the user's own banks
	Bank       string        // to practise with when none is named: an id, or last
	Evaluator  string        // auto, builtin or ollama
	Model      string        // of Ollama to judge with, "" for the first suitable one
	OllamaHost string        // as OLLAMA_HOST
	Context    int           // tokens of prompt and reply that a model is loaded with
	Count      int           // questions of an interview, 0 for all of a bank
	FollowUps  string        // bank, or 0 to 3
	Mode       string        // practice or exam
	TimeLimit  time.Duration // for a question, 0 for none
	Idle       time.Duration // without a command until an interview pauses
	Expire     time.Duration // without a command until it is over
	Editor     string        // the command ctrl+o runs

	Speak         bool   // questions are read aloud
	SpeechCommand string // auto, or what reads aloud
	Voice         string // as the command names it, "" for its own
	SpeechPlayer  string // auto, or what plays a WAV file

	values []Value
}

// Value is one setting as it stands, and where it came from.
type Value struct {
	Key    string
	Value  string
	Origin string // "flag", "ELIOS_DB", "/home/ada/.config/elios/config.yaml:3" or "default"
}

// Values lists every setting in a fixed order.
func (c *Config) Values() []Value { return slices.Clone(c.values) }
