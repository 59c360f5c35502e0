package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/elios/elios/internal/bank"
)

// expandBanks replaces FOLDER/... by the banks in the folder and all beneath
// it, and a folder that is no bank itself by the banks in it.
func expandBanks(args []string) ([]string, error) {
	var out []string
	for _, arg := range args {
		dir, deep := strings.CutSuffix(filepath.ToSlash(arg), "/...")
		if !deep {
			dir = arg
		}
		info, err := os.Stat(dir)
		if err != nil || !info.IsDir() || !deep && exists(filepath.Join(dir, bank.Header)) {
			out = append(out, arg)
			continue
		}
		found, err := banksIn(dir, deep)
		if err != nil {
			return nil, err
		}
		if len(found) == 0 {
			return nil, usagef("there are no banks in %s: no %s, and no file that begins with elios: bank/v1", dir, bank.Header)
		}
		out = append(out, found...)
	}
	return out, nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// banksIn lists the banks in a folder, those of its folders too when deep.
func banksIn(dir string, deep bool) ([]string, error) {
	var out []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		hidden := strings.HasPrefix(e.Name(), ".") && path != dir
		switch {
		case err != nil:
			return fmt.Errorf("look for banks: %w", err)
		case e.IsDir() && (hidden || path != dir && !deep):
			return fs.SkipDir
		case e.IsDir() && exists(filepath.Join(path, bank.Header)):
			out = append(out, path)
			return fs.SkipDir
		case !e.IsDir() && !hidden && isBankFile(path):
			out = append(out, path)
		}
		return nil
	})
	return out, err
}

// formatLine is what every bank's file has.
var formatLine = regexp.MustCompile(`(?m)^elios:\s*["']?bank/`)

// isBankFile tells whether a file claims to be a bank.
func isBankFile(path string) bool {
	ext := strings.ToLower(filepath.Ext(path))
	if ext != ".yaml" && ext != ".yml" {
		return false
	}
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > bank.MaxFileSize {
		return false
	}
	data, err := os.ReadFile(path)
	return err == nil && formatLine.Match(data)
}

// replaceFile puts new content in the place of a file that still has the old
// one: whole or not at all, whatever happens.
func replaceFile(path string, old, fresh []byte) error {
	target, err := filepath.EvalSymlinks(path) // a link stays a link
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	info, err := os.Stat(target)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if now, err := os.ReadFile(target); err != nil || !bytes.Equal(now, old) {
		return fmt.Errorf("%s has changed meanwhile; nothing was written, run it again", path)
	}
	f, err := os.CreateTemp(filepath.Dir(target), "."+filepath.Base(target)+"-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
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
