package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/bank/convert"
	"github.com/elios/elios/internal/bank/lint"
	"github.com/elios/elios/internal/builtin"
)

// bankImportOptions is `elios bank import`.
type bankImportOptions struct {
	*app
	from, to             string
	bank                 convert.Options
	force, json, verbose bool
}

func newBankImport(a *app) *cobra.Command {
	o := &bankImportOptions{app: a}
	cmd := &cobra.Command{
		Use:   "import FILE|FOLDER…",
		Short: "Make a bank of a public list of questions",
		Long: "Make a bank of a list of questions: Markdown as public lists are written, CSV, JSON,\n" +
			"GIFT or Anki's text export. Of a FOLDER every file of that kind beneath it is read,\n" +
			"in order. The report says what became of each thing in the list, and what only an\n" +
			"author can add. Questions without an answer become drafts, which no interview asks.",
		Example: "elios bank import README.md --title \"JavaScript\" --licence MIT\n" +
			"elios bank import --from gift course.txt --out course.yaml",
		Args: usageArgs(cobra.MinimumNArgs(1)),
		RunE: func(cmd *cobra.Command, args []string) error { return o.run(cmd.Context(), args) },
	}
	f := cmd.Flags()
	f.StringVar(&o.from, "from", "", "read `FORMAT`: "+strings.Join(convert.Names(), ", ")+" (default by the file's name)")
	f.StringVarP(&o.to, "out", "o", "", "write the bank to `FILE`, or to a folder of that name when it needs several (default ID.yaml)")
	f.StringVar(&o.bank.ID, "id", "", "the bank's `ID` (default made of the file's name)")
	f.StringVar(&o.bank.Title, "title", "", "the bank's `TITLE` (default made of the id)")
	f.StringVar(&o.bank.License, "licence", "", "the list's licence, an `SPDX` id such as CC-BY-4.0")
	f.StringVar(&o.bank.Topic, "topic", "", "one `TOPIC` for all questions (default the list's headings)")
	f.IntVar(&o.bank.Level, "level", 0, fmt.Sprintf("the `LEVEL` of questions whose list says none, 1 to 5 (default %d)", convert.DefaultLevel))
	f.BoolVar(&o.force, "force", false, "write over what is there")
	f.BoolVar(&o.json, "json", false, "print the report as one JSON object")
	f.BoolVarP(&o.verbose, "verbose", "v", false, "list everything that was left, with its place")
	completion(cmd, "from", cobra.FixedCompletions(convert.Names(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (o *bankImportOptions) run(ctx context.Context, args []string) error {
	if o.bank.Level < 0 || o.bank.Level > 5 {
		return usagef("level %d is not from 1 to 5", o.bank.Level)
	}
	format, err := o.format(args)
	if err != nil {
		return err
	}
	if err := o.name(args[0]); err != nil {
		return err
	}
	lists, err := readLists(format, args)
	if err != nil {
		return err
	}
	r := convert.Build(lists, o.bank)
	if len(r.Bank.Questions) == 0 {
		o.nothing(&r.Report)
		return usagef("there is no question in %s that can be imported as %s; nothing was written", strings.Join(args, ", "), format.Name)
	}
	if err := r.Settle(ctx, builtin.New()); err != nil {
		return err
	}
	where, err := o.write(&r)
	if err != nil {
		return err
	}
	found, err := lintWritten(ctx, where)
	if err != nil {
		return err
	}
	r.Report.Todo = todos(found)
	return o.print(&r, where)
}

// format is the one asked for, or that of the first file's name.
func (o *bankImportOptions) format(args []string) (convert.Format, error) {
	if o.from != "" {
		f, ok := convert.FormatOf(o.from)
		if !ok {
			return f, usagef("there is no format %q; there is %s", o.from, strings.Join(convert.Names(), ", "))
		}
		return f, nil
	}
	for _, f := range convert.Formats() {
		if f.Reads(args[0]) {
			return f, nil
		}
	}
	return convert.Format{}, usagef("say with --from what %s is: %s", args[0], strings.Join(convert.Names(), ", "))
}

// name fills in what was not said of the bank.
func (o *bankImportOptions) name(from string) error {
	if o.bank.ID == "" {
		id, err := idFor(importName(from))
		if err != nil {
			return err
		}
		o.bank.ID = id
	}
	if !bank.IsID(o.bank.ID) {
		return usagef("%q is no id: small letters, digits and single hyphens between them, at most %d", o.bank.ID, bank.MaxID)
	}
	if o.bank.Title == "" {
		title := strings.ReplaceAll(o.bank.ID, "-", " ")
		o.bank.Title = strings.ToUpper(title[:1]) + title[1:]
	}
	if o.to == "" {
		o.to = o.bank.ID + ".yaml"
	}
	return nil
}

// importName is what the id is made of: a README is named after its folder.
func importName(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if base := strings.ToLower(filepath.Base(abs)); strings.HasPrefix(base, "readme.") {
		return filepath.Dir(abs) + ".md"
	}
	if info, err := os.Stat(abs); err == nil && info.IsDir() {
		return abs + ".md"
	}
	return path
}

// readLists reads the files, and of folders every file of the format.
func readLists(format convert.Format, args []string) ([]convert.List, error) {
	var lists []convert.List
	total := 0
	for _, arg := range args {
		files, err := listFiles(format, arg)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			data, err := readList(file)
			if err != nil {
				return nil, err
			}
			if total += len(data); total > convert.MaxTotal || len(lists) >= convert.MaxFiles {
				return nil, usagef("these are more than %d files or %d MiB; import fewer at a time", convert.MaxFiles, convert.MaxTotal>>20)
			}
			list, err := format.Decode(filepath.ToSlash(file), data)
			if err != nil {
				return nil, &usageError{err}
			}
			lists = append(lists, list)
		}
	}
	return lists, nil
}

// listFiles is a file itself, or the files of the format beneath a folder.
// Hidden ones are left out.
func listFiles(format convert.Format, path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, usagef("open the list %s: %w", path, cause(err))
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	var out []string
	err = filepath.WalkDir(path, func(file string, e fs.DirEntry, err error) error {
		switch hidden := strings.HasPrefix(e.Name(), ".") && file != path; {
		case err != nil:
			return err
		case hidden && e.IsDir(), e.IsDir() && e.Name() == "node_modules":
			return fs.SkipDir
		case !hidden && e.Type().IsRegular() && format.Reads(file):
			out = append(out, file)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the folder %s: %w", path, cause(err))
	}
	if len(out) == 0 {
		return nil, usagef("there is no file of %s (%s) in %s", format.Name, strings.Join(format.Exts, ", "), path)
	}
	slices.Sort(out)
	return out, nil
}

// readList reads a regular file; anything else might never end.
func readList(file string) ([]byte, error) {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, usagef("open the list %s: %w", file, cause(err))
	case !info.Mode().IsRegular():
		return nil, usagef("%s is not a regular file", file)
	case info.Size() > convert.MaxFile:
		return nil, usagef("%s is larger than %d MiB; split it", file, convert.MaxFile>>20)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, usagef("open the list %s: %w", file, cause(err))
	}
	return data, nil
}

// lintWritten lints the bank as it lies on disk now.
func lintWritten(ctx context.Context, where string) ([]lint.Finding, error) {
	b, at, err := bank.LoadPlaced(where)
	if err != nil {
		return nil, fmt.Errorf("the bank that was written does not load, which is a mistake in elios: %w", err)
	}
	return lint.Check(ctx, b, at, builtin.New())
}

// nothing prints the report of a list without questions: why is in it.
func (o *bankImportOptions) nothing(r *convert.Report) {
	if o.json {
		_ = json.NewEncoder(o.app.out).Encode(r) // the usage error follows anyway
		return
	}
	writeLeft(o.err, r, true)
}
