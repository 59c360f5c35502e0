package plain

import "github.com/elios/elios/internal/rubric"

func nilQuestion() rubric.Question {
	return rubric.Question{
		ID: "nil", Type: rubric.Open, Topic: "concurrency", Level: 3, Ask: "What happens when you send on a nil channel?",
		KeyPoints: []rubric.KeyPoint{
			{ID: "blocks", Weight: 2, Point: "It blocks forever", Probe: "For how long does it wait?"},
			{ID: "deadlock", Weight: 1, Point: "The runtime reports a deadlock.", Probe: "What does the runtime do?"},
		},
		Ideal: "It blocks forever, and the runtime reports a deadlock.", Hints: []string{"Think of time.", "Think of waiting."},
		Misconceptions: []rubric.Misconception{{ID: "panics", Penalty: 10, Point: "Claims that it panics"}},
		References:     []rubric.Reference{{Title: "Spec", URL: "https://go.dev/ref/spec"}},
	}
}

func deferQuestion() rubric.Question {
	return rubric.Question{
		ID: "defer", Type: rubric.CodeReading, Topic: "functions", Level: 2, Ask: "What is printed?\n\n```go\ndefer fmt.Println(1)\n```\n",
		KeyPoints: []rubric.KeyPoint{{ID: "one", Weight: 1, Point: "It prints 1 at the end", Probe: "And when?"}},
		Ideal:     "1, when the function returns.",
	}
}
