package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/elios/elios/internal/bank"
	"github.com/elios/elios/internal/bank/convert"
)

// write writes the bank, as a file or as the folder it needs, and gives where it
// is.
func (o *bankImportOptions) write(r *convert.Result) (string, error) {
	files, err := convert.YAML(r.Bank)
	if err != nil {
		return "", &usageError{err}
	}
	if len(files) > 1 {
		return o.writeFolder(files)
	}
	where := o.to
	if ext := strings.ToLower(filepath.Ext(where)); ext != ".yaml" && ext != ".yml" {
		where = filepath.Join(where, bank.Header)
		if err := os.MkdirAll(o.to, 0o755); err != nil {
			return "", fmt.Errorf("make a folder for the bank: %w", cause(err))
		}
	}
	return where, o.writeOne(where, files[0].Data)
}

// writeFolder writes the files of a folder bank. Of an earlier import it takes
// away the files that this one does not have, or they would be part of the bank.
func (o *bankImportOptions) writeFolder(files []convert.File) (string, error) {
	where := o.to
	if ext := strings.ToLower(filepath.Ext(where)); ext == ".yaml" || ext == ".yml" {
		where = strings.TrimSuffix(where, filepath.Ext(where))
	}
	if err := os.MkdirAll(where, 0o755); err != nil {
		return "", fmt.Errorf("make a folder for the bank: %w", cause(err))
	}
	there, err := filepath.Glob(filepath.Join(where, "*.y*ml"))
	if err == nil && len(there) > 0 && !o.force {
		return "", usagef("%s has a bank already and stays as it is; name another folder with --out, or use --force", where)
	}
	for _, old := range there {
		if strings.HasPrefix(filepath.Base(old), "questions-") {
			if err := os.Remove(old); err != nil {
				return "", fmt.Errorf("write over %s: %w", where, cause(err))
			}
		}
	}
	for _, f := range files {
		if err := o.writeOne(filepath.Join(where, f.Name), f.Data); err != nil {
			return "", err
		}
	}
	return where, nil
}

func (o *bankImportOptions) writeOne(file string, data []byte) error {
	err := writeWhole(file, o.force, func(w io.Writer) error { _, err := w.Write(data); return err })
	if errors.Is(err, fs.ErrExist) {
		return usagef("%s is there already and stays as it is; name another file with --out, or use --force", file)
	}
	if err != nil {
		return fmt.Errorf("write the bank %s: %w", file, cause(err))
	}
	return nil
}
