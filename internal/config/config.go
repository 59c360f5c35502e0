// Package config turns file, environment and flags into one typed value. A flag
// goes before the environment, that before the file, that before the default.
package config

import (
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"time"
)

// Config is every setting of elios.
type Config struct {
	DB        string        // the database
	BanksDir  string        // the user's own banks
	Evaluator string        // auto, builtin or ollama
	Count     int           // questions of an interview, 0 for all of a bank
	FollowUps string        // bank, or 0 to 3
	Mode      string        // practice or exam
	TimeLimit time.Duration // for a question, 0 for none
	Idle      time.Duration // without a command until an interview pauses
	Expire    time.Duration // without a command until it is over
	Editor    string        // the command ctrl+o runs

	values []Value
}

// Value is one setting as it stands, and where it came from.
type Value struct {
	Key    string
	Value  string
	Origin string // "flag", "ELIOS_DB", "config.yaml:3" or "default"
}

// Values lists every setting in a fixed order.
func (c *Config) Values() []Value { return slices.Clone(c.values) }

// key is one setting: its name, its default, and how its text is read.
type key struct {
	name string
	def  func(env func(string) string) string
	set  func(c *Config, s string) error
}

func keys() []key {
	return []key{
		{"db", inData("elios.db"), path(func(c *Config) *string { return &c.DB })},
		{"banks_dir", inData("banks"), path(func(c *Config) *string { return &c.BanksDir })},
		{"evaluator", always("auto"), oneOf(func(c *Config) *string { return &c.Evaluator }, "auto", "builtin", "ollama")},
		{"count", always("4"), setCount},
		{"follow_ups", always("bank"), oneOf(func(c *Config) *string { return &c.FollowUps }, "bank", "0", "1", "2", "3")},
		{"mode", always("practice"), oneOf(func(c *Config) *string { return &c.Mode }, "practice", "exam")},
		{"time_limit", always("0s"), span(func(c *Config) *time.Duration { return &c.TimeLimit }, 0)},
		{"idle", always("30m"), span(func(c *Config) *time.Duration { return &c.Idle }, time.Second)},
		{"expire", always("168h"), span(func(c *Config) *time.Duration { return &c.Expire }, time.Minute)},
		{"editor", editor, func(c *Config, s string) error { c.Editor = s; return nil }},
	}
}

func always(s string) func(func(string) string) string {
	return func(func(string) string) string { return s }
}

func inData(name string) func(func(string) string) string {
	return func(env func(string) string) string { return filepath.Join(DataDir(env), name) }
}

// editor is what other programs would open, too.
func editor(env func(string) string) string {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if s := env(name); s != "" {
			return s
		}
	}
	if runtime.GOOS == "windows" {
		return "notepad"
	}
	return "vi"
}

func path(field func(*Config) *string) func(*Config, string) error {
	return func(c *Config, s string) error {
		if s == "" {
			return fmt.Errorf("it is empty; give a path")
		}
		*field(c) = s
		return nil
	}
}

func oneOf(field func(*Config) *string, allowed ...string) func(*Config, string) error {
	return func(c *Config, s string) error {
		if !slices.Contains(allowed, s) {
			return fmt.Errorf("%q is not one of %v", s, allowed)
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
		return fmt.Errorf("%q is not a number of questions", s)
	}
	c.Count = n
	return nil
}
