package builtin

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"sync"
)

// The only idf table there is: in how many of 275 computing questions (with their reference
// answers) each stem occurs. Being fixed, it gives the same score for the same answer in every bank.
//
//go:embed idf/df_cs_bank.json
var dfTable []byte

// idfTable holds the inverse document frequency of the stems.
type idfTable struct {
	weights map[string]float64
	unseen  float64 // of a stem that is not in the table
}

var idf = sync.OnceValue(func() idfTable {
	var table struct {
		N  float64            `json:"n"`
		DF map[string]float64 `json:"df"`
	}
	if err := json.Unmarshal(dfTable, &table); err != nil {
		panic(fmt.Sprintf("builtin: the embedded table of document frequencies: %v", err))
	}
	weight := func(df float64) float64 { return math.Log(1 + (table.N-df+0.5)/(df+0.5)) }
	t := idfTable{weights: make(map[string]float64, len(table.DF)), unseen: weight(0)}
	for stem, df := range table.DF {
		t.weights[stem] = weight(df)
	}
	return t
})

// weight gives the idf of a stem: ln(1 + (N - df + 0.5)/(df + 0.5)), as in BM25.
func (t idfTable) weight(stem string) float64 {
	if w, ok := t.weights[stem]; ok {
		return w
	}
	return t.unseen
}

// weightsOf gives the idf of each stem, and the sum.
func (t idfTable) weightsOf(stems []string) (weights []float64, sum float64) {
	weights = make([]float64, len(stems))
	for i, s := range stems {
		weights[i] = t.weight(s)
		sum += weights[i]
	}
	return weights, sum
}
