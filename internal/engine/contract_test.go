package engine_test

import (
	"testing"

	"github.com/elios/elios/internal/engine"
	"github.com/elios/elios/internal/session"
	"github.com/elios/elios/internal/session/facetest"
)

func TestContract(t *testing.T) {
	facetest.Contract(t, func(t *testing.T) session.Interviews {
		return newLab(t).engine(func(c *engine.Config) {
			c.Library, c.Evaluators, c.Similarity = facetest.Bank{}, []session.Evaluator{facetest.ByName{}}, facetest.ByName{}
		})
	})
}
