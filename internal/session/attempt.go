package session

import (
	"fmt"

	"github.com/elios/elios/internal/rubric"
)

// NewAttempt is one question of an interview as it stands beside other answers
// to it. NotFound for one that was not asked, InvalidState while it is open.
func NewAttempt(iv *Interview, question int) (Attempt, error) {
	if err := iv.closed(question); err != nil {
		return Attempt{}, err
	}
	return Attempt{Interview: Summarize(iv), Question: questionReport(iv, *iv.ResultN(question))}, nil
}

// Repeat is what Again needs of an interview: the question that is over, and
// settings for an interview of it alone. NotFound and InvalidState as in
// NewAttempt.
func Repeat(iv *Interview, question int) (Settings, rubric.Question, error) {
	if err := iv.closed(question); err != nil {
		return Settings{}, rubric.Question{}, err
	}
	s := iv.Settings
	s.Count, s.Topics, s.MinLevel, s.MaxLevel, s.Mode = 1, nil, 0, 0, Practice
	s.Again, s.Owner = &Link{Interview: iv.ID, Question: question}, nil
	return s, *iv.QuestionN(question), nil
}

// closed refuses a question that may still be answered: what is known of it is
// not for the candidate's eyes yet.
func (iv *Interview) closed(question int) error {
	res := iv.ResultN(question)
	if res == nil {
		return Errorf(NotFound, "interview %s has no question %d%s", iv.ID, question, iv.asked())
	}
	if !res.Over || iv.Settings.Mode == Exam && iv.State != Complete {
		e := Errorf(InvalidState, "question %d of interview %s is not over yet", question, iv.ID)
		e.State = iv.State
		return e
	}
	return nil
}

// asked says how many questions were put.
func (iv *Interview) asked() string {
	switch n := len(iv.Results); n {
	case 0:
		return "; nothing was asked in it"
	case 1:
		return "; only question 1 was asked"
	default:
		return fmt.Sprintf("; questions 1 to %d were asked", n)
	}
}
