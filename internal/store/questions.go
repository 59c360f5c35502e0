package store

import (
	"sync"

	"github.com/elios/elios/internal/rubric"
)

// maxQuestions is how many questions are kept in memory.
const maxQuestions = 4096

// questions keeps those that were read, by the hash of their content: a thousand
// interviews with the same bank share them. Nobody may change one.
type questions struct {
	mu    sync.Mutex
	known map[string]*rubric.Question
}

func newQuestions() *questions { return &questions{known: map[string]*rubric.Question{}} }

// has tells whether a question was in the database when it was read.
func (q *questions) has(hash string) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.known[hash] != nil
}

// get reads a question unless it is known.
func (q *questions) get(c *conn, hash string) (*rubric.Question, error) {
	q.mu.Lock()
	found, ok := q.known[hash]
	q.mu.Unlock()
	if ok {
		return found, nil
	}
	found = &rubric.Question{}
	if err := c.row("SELECT data FROM questions WHERE hash = ?", []any{hash}, jsonInto{found}); err != nil {
		return nil, err
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.known) >= maxQuestions {
		clear(q.known) // whoever holds one keeps it
	}
	q.known[hash] = found
	return found, nil
}
