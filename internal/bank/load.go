package bank

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Header is the file of a folder bank that says what bank it is.
const Header = "bank.yaml"

// questionFile is a further file of a folder bank.
type questionFile struct {
	Questions []Question `yaml:"questions"`
}

// Parse reads a bank from the bytes of its file. name stands in problems.
// Everything wrong comes at once, as an *Error.
func Parse(name string, data []byte) (*Bank, error) {
	return assemble([]*source{newSource(name, data)})
}

// Load reads a bank from a file or a folder. An *Error says what is wrong with
// a bank; any other error is that of the file system.
func Load(path string) (*Bank, error) {
	b, _, err := load(path)
	return b, err
}

// LoadFile reads a bank from one file. Errors are those of Load.
func LoadFile(path string) (*Bank, error) {
	b, _, err := loadFile(path)
	return b, err
}

// LoadDir reads a bank from a folder: bank.yaml and the further *.yaml files
// beside it, each with questions. Nothing outside the folder is read, whatever
// links say. Errors are those of Load.
func LoadDir(path string) (*Bank, error) {
	b, _, err := loadDir(path)
	return b, err
}

// LoadFS reads a bank from a file or folder of a file system. Errors are those
// of Load.
func LoadFS(fsys fs.FS, path string) (*Bank, error) {
	info, err := fs.Stat(fsys, path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		b, _, err := readFolder(fsys, path, path)
		return b, err
	}
	data, err := readFile(fsys, path)
	if err != nil {
		return nil, err
	}
	return Parse(path, data)
}

// load is Load that also gives the files as they were read.
func load(path string) (*Bank, []*source, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, nil, err
	case info.IsDir():
		return loadDir(path)
	}
	return loadFile(path)
}

func loadFile(path string) (*Bank, []*source, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	data, err := read(f)
	if err != nil {
		return nil, nil, err
	}
	sources := []*source{newSource(path, data)}
	b, err := assemble(sources)
	return b, sources, err
}

func loadDir(path string) (*Bank, []*source, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	return readFolder(root.FS(), ".", path)
}

// readFolder reads a folder bank. shown is the folder's name in problems.
func readFolder(fsys fs.FS, dir, shown string) (*Bank, []*source, error) {
	files, err := bankFiles(fsys, dir, shown)
	if err != nil {
		return nil, nil, err
	}
	var sources []*source
	total := 0
	for _, name := range files {
		at := filepath.Join(shown, name)
		data, err := readFile(fsys, joinFS(dir, name))
		if err != nil {
			return nil, nil, fileError(at, "%s", reason(err))
		}
		if total += len(data); total > MaxFolderSize {
			return nil, nil, fileError(shown, "the files are larger than %d MiB together", MaxFolderSize>>20)
		}
		sources = append(sources, newSource(at, data))
	}
	b, err := assemble(sources)
	return b, sources, err
}

// bankFiles lists the files of a folder bank, the header first.
func bankFiles(fsys fs.FS, dir, shown string) ([]string, error) {
	entries, err := fs.ReadDir(fsys, dir)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, e := range entries {
		if isYAML(e.Name()) && !e.IsDir() {
			files = append(files, e.Name())
		}
	}
	if len(files) > MaxFiles {
		return nil, fileError(shown, "the folder has more than %d files", MaxFiles)
	}
	at := slices.Index(files, Header)
	if at < 0 {
		return nil, fileError(shown, "the folder has no %s, so it is no bank", Header)
	}
	return slices.Insert(slices.Delete(files, at, at+1), 0, Header), nil
}

// isYAML tells whether a file of a folder belongs to the bank. Hidden files do
// not: editors and Add leave half-written ones there.
func isYAML(name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return (ext == ".yaml" || ext == ".yml") && !strings.HasPrefix(name, ".")
}

func joinFS(dir, name string) string {
	if dir == "." {
		return name
	}
	return dir + "/" + name
}

// readFile reads a regular file; opening anything else might block for ever.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("this is no regular file")
	}
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return read(f)
}

// read reads a file up to just over the limit, which newSource then reports.
func read(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxFileSize+1))
	if err != nil {
		return nil, fmt.Errorf("cannot read the bank: %w", err)
	}
	return data, nil
}

// reason is an error without the path, which the problem names already.
func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return "cannot be read: " + p.Err.Error()
	}
	return err.Error()
}
