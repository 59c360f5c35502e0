package config

import (
	"errors"
	"fmt"
)

// Load reads the settings: flags (by key) over ELIOS_<KEY> over the file over
// the defaults. With file "" the usual place is looked at, and it is no error
// when nothing is there. An unknown key or a bad value is refused with where it
// stands.
func Load(env func(string) string, file string, flags map[string]string) (Config, error) {
	for name := range flags {
		if _, err := find(name); err != nil {
			return Config{}, fmt.Errorf("flag: %w", err)
		}
	}
	named := file != ""
	if !named {
		file = ConfigFile(env)
	}
	fromFile, err := readFile(env, file, named)
	if err != nil {
		return Config{}, err
	}
	var c Config
	for _, k := range keys() {
		v := choose(k, env, fromFile, flags)
		if err := c.take(k, v); err != nil {
			return Config{}, fmt.Errorf("%s: %s: %w", v.Origin, k.name, err)
		}
	}
	return c, nil
}

// choose takes a setting from the first that has it. An empty variable is as
// good as none, so that ELIOS_MODE= elios turns one off.
func choose(k key, env func(string) string, fromFile map[string]Value, flags map[string]string) Value {
	if s, ok := flags[k.name]; ok {
		return Value{k.name, s, "flag"}
	}
	if s := env(k.variable()); s != "" {
		return Value{k.name, s, k.variable()}
	}
	if v, ok := fromFile[k.name]; ok {
		return v
	}
	return Value{k.name, k.def(env), "default"}
}

// take checks a value and keeps it.
func (c *Config) take(k key, v Value) error {
	if v.Origin == "default" && v.Value == "" {
		return errors.New("the environment names no home folder; set HOME, or " + k.variable())
	}
	if err := k.set(c, v.Value); err != nil {
		return err
	}
	c.values = append(c.values, v)
	return nil
}
