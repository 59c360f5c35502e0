package convert

import (
	"bytes"
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/elios/elios/internal/bank"
)

// fileRoom is how much of a bank's file is filled: an author adds to it.
const fileRoom = bank.MaxFileSize * 3 / 4

// questionsFile is a further file of a folder bank.
type questionsFile struct {
	Questions []bank.Question `yaml:"questions"`
}

// File is a file of a bank.
type File struct {
	Name string
	Data []byte
}

// YAML writes a bank, as one file when it fits into one, else as those of a
// folder. The error says when the bank is over the limits of a folder.
func YAML(b bank.Bank) ([]File, error) {
	if len(b.Questions) > bank.MaxQuestions {
		return nil, fmt.Errorf("these are %d questions and a bank has %d at most; import fewer files at a time", len(b.Questions), bank.MaxQuestions)
	}
	whole, err := encode(b)
	if err != nil || len(whole) <= fileRoom {
		return []File{{bank.Header, whole}}, err
	}
	return folder(b)
}

// folder writes the header and files of questions of about the same size.
func folder(b bank.Bank) ([]File, error) {
	rest := b.Questions
	b.Questions = nil
	header, err := encode(b)
	if err != nil {
		return nil, err
	}
	out, total := []File{{bank.Header, header}}, len(header)
	for len(rest) > 0 {
		n, data, err := fill(rest)
		if err != nil {
			return nil, err
		}
		rest = rest[n:]
		total += len(data)
		out = append(out, File{fmt.Sprintf("questions-%02d.yaml", len(out)), data})
	}
	if total > bank.MaxFolderSize || len(out) > bank.MaxFiles {
		return nil, fmt.Errorf("the bank would have %d MiB in %d files and %d MiB in %d are the most; import fewer files at a time",
			total>>20, len(out), bank.MaxFolderSize>>20, bank.MaxFiles)
	}
	return out, nil
}

// fill encodes as many of the questions as go into one file, one at least.
func fill(list []bank.Question) (n int, data []byte, err error) {
	for n < len(list) {
		one, err := encode(questionsFile{list[n : n+1]})
		if err != nil {
			return 0, nil, err
		}
		body := bytes.TrimPrefix(one, []byte("questions:\n"))
		if n > 0 && len(data)+len(body) > fileRoom {
			break
		}
		if n == 0 {
			data = append(data, "questions:\n"...)
		}
		data = append(data, body...)
		n++
	}
	return n, data, nil
}

func encode(v any) ([]byte, error) {
	var out bytes.Buffer
	e := yaml.NewEncoder(&out)
	e.SetIndent(2)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("write the bank: %w", err)
	}
	return out.Bytes(), nil
}
