// Package calibrate measures how well an evaluator agrees with answers whose scores people have
// given: the cases of banks, and labelled answers. What comes out is a card.
package calibrate

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/elios/elios/internal/rubric"
	"github.com/elios/elios/internal/session"
)

// Sample is an answer of which people have said what it is worth.
type Sample struct {
	Bank     string // its id
	Question rubric.Question
	Answer   string
	Low      float64                  // 0–100, the least score that is right
	High     float64                  // 0–100, the most
	Points   map[string]rubric.Status // what is right for single points, where anything was said of them
}

// Card is how an evaluator did. Shares are 0 to 1, scores and their errors points of 100.
type Card struct {
	By    session.EvaluatorInfo `json:"by"`
	Made  time.Time             `json:"made"`
	Banks []Bank                `json:"banks"`
	Runs  int                   `json:"runs"` // of each answer

	Of          int     `json:"of"`          // answers that were to be judged
	N           int     `json:"n"`           // of these, the ones with a score in one run at least
	MAE         float64 `json:"mae"`         // mean distance of the score from the range that is right
	Bias        float64 `json:"bias"`        // the same with its sign: above 0 it is too kind
	Bands       float64 `json:"bands"`       // share of answers in a band that is right
	Kappa       float64 `json:"kappa"`       // quadratic-weighted, on the four bands
	SD          float64 `json:"sd"`          // of the score over the runs of an answer, in the mean
	Failed      float64 `json:"failed"`      // share of runs that gave no judgement
	Invalid     float64 `json:"invalid"`     // share of runs whose reply was not in the form asked for
	Abstentions float64 `json:"abstentions"` // share of points that could not be assessed
	P50         float64 `json:"p50_ms"`      // time of one evaluation
	P95         float64 `json:"p95_ms"`

	Points []Point `json:"points,omitempty"` // the worst first
}

// Bank is a bank whose cases were judged, as it was then.
type Bank struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Hash    string `json:"hash"`
}

// Point is how often an evaluator was right about one point.
type Point struct {
	Bank     string `json:"bank"`
	Question string `json:"question"`
	Point    string `json:"point"`
	N        int    `json:"n"`
	Right    int    `json:"right"`
}

// Share of the judgements of the point that were right.
func (p Point) Share() float64 { return float64(p.Right) / float64(p.N) }

// Key names the point over several cards.
func (p Point) Key() string { return p.Bank + "#" + p.Question + " " + p.Point }

// Uncalibrated is what a report says of an evaluator without a card.
const Uncalibrated = "UNCALIBRATED: practice feedback only"

// Line says in one line what the newest card that fits is worth for judgements by an evaluator on a
// bank; where there is none, or another model, prompt or rubric has been judged, it says that.
func Line(cards []Card, by session.EvaluatorInfo, bank session.BankRef, hash string) string {
	var stale string
	for _, c := range slices.Backward(cards) {
		if c.By.Name != by.Name || c.By.Model != by.Model {
			continue
		}
		why := c.staleFor(by, bank, hash)
		if why == "" {
			return c.Figures()
		}
		if stale == "" {
			stale = fmt.Sprintf("%s (the card of %s is stale: %s)", Uncalibrated, c.Made.Format("2006-01-02"), why)
		}
	}
	if stale != "" {
		return stale
	}
	return Uncalibrated
}

// staleFor says why a card is not about such judgements, "" when it is.
func (c Card) staleFor(by session.EvaluatorInfo, bank session.BankRef, hash string) string {
	switch {
	case c.By.Digest != by.Digest:
		return "another version of the model"
	case c.By.Version != by.Version:
		return "another prompt or method"
	}
	for _, b := range c.Banks {
		if b.ID != bank.ID {
			continue
		}
		// Of a bank that is not at hand any more only the version is known.
		if hash == "" && b.Version != bank.Version || hash != "" && b.Hash != hash {
			return "the bank has changed"
		}
		return ""
	}
	return "it is on other banks"
}

// Figures is a card in a line.
func (c Card) Figures() string {
	answers := fmt.Sprint(c.N, " answers")
	if c.N < c.Of {
		answers = fmt.Sprintf("%d of %d answers", c.N, c.Of)
	}
	return fmt.Sprintf("calibrated on %s: mean error %.0f points, bias %+.0f, %.0f %% in the right band, κ %.2f, %.0f %% of points not assessed",
		answers, c.MAE, math.Round(c.Bias)+0, 100*c.Bands, c.Kappa, 100*c.Abstentions)
}
