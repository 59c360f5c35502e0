package bank

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrNoBank says that there is no bank under a folder.
var ErrNoBank = errors.New("there is no bank in it")

// Find lists the paths of the banks in and under a folder: folders with a
// header, and other YAML files. Hidden folders are left out. ErrNoBank when
// there is none; any other error is that of the file system.
func Find(dir string) ([]string, error) {
	var out []string
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !e.IsDir():
			if isYAML(e.Name()) {
				out = append(out, path)
			}
		case path != dir && e.Name()[0] == '.':
			return fs.SkipDir
		default:
			if _, err := os.Stat(filepath.Join(path, Header)); err == nil {
				out = append(out, path)
				return fs.SkipDir
			}
		}
		return nil
	})
	if err == nil && len(out) == 0 {
		err = ErrNoBank
	}
	return out, err
}
