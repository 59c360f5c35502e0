package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/elios/elios/internal/bank"
)

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// banksHere lists the banks in the folder elios was started in: the folder
// itself, or the files in it that claim to be banks.
func banksHere() []string {
	if isFolderBank(".") {
		return []string{"."}
	}
	names, _ := filepath.Glob("*.y*ml") // fails on bad patterns only
	return slices.DeleteFunc(names, func(name string) bool { return !isBankFile(name) })
}

// isFolderBank tells whether a folder has a header and further files with
// questions. A bank.yaml beside the YAML of other programs is a bank by itself.
func isFolderBank(dir string) bool {
	if !exists(filepath.Join(dir, bank.Header)) {
		return false
	}
	names, _ := filepath.Glob(filepath.Join(dir, "*.y*ml")) // a strange folder has none
	return slices.ContainsFunc(names, func(name string) bool { return hasLine(name, questionsLine) && !isBankFile(name) })
}

// Lines that every bank's file has, and every further file of a folder.
var (
	formatLine    = regexp.MustCompile(`(?m)^elios:\s*["']?bank/`)
	questionsLine = regexp.MustCompile(`(?m)^questions:`)
)

// isBankFile tells whether a file claims to be a bank.
func isBankFile(path string) bool { return hasLine(path, formatLine) }

// hasLine tells whether a YAML file has a line like that.
func hasLine(path string, line *regexp.Regexp) bool {
	ext := strings.ToLower(filepath.Ext(path))
	if ext != ".yaml" && ext != ".yml" || strings.HasPrefix(filepath.Base(path), ".") {
		return false
	}
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > bank.MaxFileSize {
		return false
	}
	data, err := os.ReadFile(path)
	return err == nil && line.Match(data)
}

// replaceFile puts new content in the place of a file that still has the old
// one, whole or not at all. The file keeps its mode, and a link stays a link.
func replaceFile(path string, old, fresh []byte) error {
	target, err := filepath.EvalSymlinks(path)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, cause(err))
	}
	info, err := os.Stat(target)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, cause(err))
	}
	if now, err := os.ReadFile(target); err != nil || !bytes.Equal(now, old) {
		return fmt.Errorf("%s has changed meanwhile; nothing was written, run it again", path)
	}
	f, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+"-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, cause(err))
	}
	_, err = f.Write(fresh)
	err = errors.Join(err, f.Chmod(info.Mode().Perm()), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), target)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", path, err), os.Remove(f.Name()))
	}
	return nil
}
