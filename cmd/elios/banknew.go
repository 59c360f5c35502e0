package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

func newBankInit(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "init [FOLDER|FILE]",
		Short: "Write a new bank with two questions that show the format",
		Long: "Write a new bank with one open and one behavioral question, explained in\n" +
			"comments, that loads, passes lint and can be practised at once. It goes into\n" +
			"bank.yaml of the FOLDER (made when it is not there; else the one you are in), or\n" +
			"into the FILE. A file that is there is never written over.",
		Example: "elios bank init\nelios bank init kubernetes.yaml",
		Args:    usageArgs(cobra.MaximumNArgs(1)),
		RunE:    func(_ *cobra.Command, args []string) error { return a.initBank(args) },
	}
}

func (a *app) initBank(args []string) error {
	path := bank.Header
	if len(args) > 0 {
		path = args[0]
		if ext := strings.ToLower(filepath.Ext(path)); ext != ".yaml" && ext != ".yml" {
			path = filepath.Join(path, bank.Header)
		}
	}
	id, err := idFor(path)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("make a folder for the bank: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return usagef("%s is there already and stays as it is; name another file", path)
	}
	if err != nil {
		return fmt.Errorf("write a bank: %w", err)
	}
	_, err = f.Write(bank.Template(id))
	if err = errors.Join(err, f.Close()); err != nil {
		return errors.Join(fmt.Errorf("write a bank: %w", err), os.Remove(path))
	}
	fmt.Fprintf(a.out, "Wrote %s, the bank %s. Next:\n\n"+
		"  elios bank new QUESTION --bank %s\n  elios bank lint %s\n  elios practice %s\n", path, id, path, path, path)
	return nil
}

// idFor makes an id of a bank's file name, or for bank.yaml of its folder's.
func idFor(path string) (string, error) {
	name := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	if filepath.Base(path) == bank.Header {
		dir, err := filepath.Abs(filepath.Dir(path))
		if err != nil {
			return "", fmt.Errorf("find the folder of the bank: %w", err)
		}
		name = filepath.Base(dir)
	}
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	id := strings.Join(words, "-")
	return strings.Trim(cmp.Or(id[:min(len(id), bank.MaxID)], "my-bank"), "-"), nil
}

// bankNewOptions is `elios bank new`.
type bankNewOptions struct {
	*app
	bank, kind string
}

func newBankNew(a *app) *cobra.Command {
	o := &bankNewOptions{app: a}
	cmd := &cobra.Command{
		Use:   "new QUESTION",
		Short: "Append the skeleton of a question to a bank",
		Long: "Append the skeleton of a question with the id QUESTION to a bank's file, with\n" +
			"comments that say what belongs where. Everything else in the file stays as it is,\n" +
			"byte for byte. elios bank lint then says what is still to be written.",
		Example: "elios bank new cache-keys\nelios bank new conflict --type behavioral --bank mine.yaml",
		Args:    usageArgs(cobra.ExactArgs(1)),
		RunE:    func(_ *cobra.Command, args []string) error { return o.run(args[0]) },
	}
	f := cmd.Flags()
	f.StringVar(&o.bank, "bank", "", "the bank's `FILE` or folder (default the only one here)")
	f.StringVar(&o.kind, "type", string(rubric.Open), "of `TYPE` open, code-reading or behavioral")
	completion(cmd, "type", cobra.FixedCompletions(
		[]string{string(rubric.Open), string(rubric.CodeReading), string(rubric.Behavioral)}, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (o *bankNewOptions) run(id string) error {
	path := o.bank
	if path == "" {
		var err error
		if path, err = bankHere(); err != nil {
			return err
		}
	}
	load, file := bankOfFile(path)
	b, at, err := bank.LoadPlaced(load)
	if errors.Is(err, os.ErrNotExist) {
		return usagef("there is no bank at %s; `elios bank init %s` makes one", path, path)
	}
	if err != nil {
		return err
	}
	fresh, err := at.AppendQuestion(b, file, id, rubric.Type(o.kind))
	switch session.KindOf(err) {
	case session.Conflict, session.NotFound:
		return &usageError{err}
	}
	if err != nil {
		return err
	}
	if err := replaceFile(file, at.Data(file), fresh); err != nil {
		return err
	}
	fmt.Fprintf(o.out, "Appended %s to %s. `elios bank lint %s` says what is still to be written.\n", id, file, load)
	return nil
}

// bankHere is the only bank of the folder elios was started in.
func bankHere() (string, error) {
	found := banksHere()
	switch len(found) {
	case 0:
		return "", usagef("there is no bank here; make one with `elios bank init`, or name one with --bank FILE")
	case 1:
		return found[0], nil
	}
	return "", usagef("there are several banks here; name one with --bank: %s", strings.Join(found, ", "))
}

// bankOfFile tells what to load for a path, and which of its files to write to:
// a file of a folder bank is loaded with its folder.
func bankOfFile(path string) (load, file string) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return path, filepath.Join(path, bank.Header)
	}
	dir := filepath.Dir(path)
	if isFolderBank(dir) && (filepath.Base(path) == bank.Header || !isBankFile(path)) {
		return dir, filepath.Join(dir, filepath.Base(path))
	}
	return path, path
}
