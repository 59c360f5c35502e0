package bank

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// FormatDisputeCases writes cases as YAML by bank and question, ready to be
// copied into the bank's file; notes stand above each as comments.
func FormatDisputeCases(list []DisputeCase) ([]byte, error) {
	var out bytes.Buffer
	for _, group := range byBank(list) {
		fmt.Fprintf(&out, "# Bank %s: what candidates dispute. Check each before it becomes a case.\n", group[0].Bank.ID)
		enc := yaml.NewEncoder(&out)
		enc.SetIndent(2)
		if err := enc.Encode(disputeNode(group)); err != nil {
			return nil, fmt.Errorf("cases of disputes: %w", err)
		}
		if err := enc.Close(); err != nil {
			return nil, fmt.Errorf("cases of disputes: %w", err)
		}
	}
	return out.Bytes(), nil
}

// byBank groups cases by bank, in the order the banks came.
func byBank(list []DisputeCase) [][]DisputeCase {
	var out [][]DisputeCase
	for _, c := range list {
		i := slices.IndexFunc(out, func(g []DisputeCase) bool { return g[0].Bank.ID == c.Bank.ID })
		if i < 0 {
			out = append(out, nil)
			i = len(out) - 1
		}
		out[i] = append(out[i], c)
	}
	return out
}

// disputeNode is `questions:` with the cases under the ids of their questions.
func disputeNode(list []DisputeCase) *yaml.Node {
	questions := &yaml.Node{Kind: yaml.SequenceNode}
	cases := map[string]*yaml.Node{}
	for _, c := range list {
		if cases[c.Question] == nil {
			cases[c.Question] = &yaml.Node{Kind: yaml.SequenceNode}
			questions.Content = append(questions.Content, mappingNode("id", scalarNode(c.Question), "cases", cases[c.Question]))
		}
		cases[c.Question].Content = append(cases[c.Question].Content, c.node())
	}
	return mappingNode("questions", questions)
}

// node is the case with its notes above it.
func (c DisputeCase) node() *yaml.Node {
	var body yaml.Node
	if err := body.Encode(c.Case); err != nil {
		panic(err) // a Case is texts, lists and bounds
	}
	if m := c.Case.Expect.Misconceptions; m != nil && len(m) == 0 { // "none", which omitempty leaves out
		expect := body.Content[len(body.Content)-1]
		expect.Style = 0
		expect.Content = append(expect.Content, scalarNode("misconceptions"), &yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle})
	}
	body.HeadComment = "# " + oneLine(c.Bank.Title+" "+c.Bank.Version) + "\n# " + strings.Join(c.Notes, "\n# ")
	return &body
}

func scalarNode(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: s} }

func mappingNode(pairs ...any) *yaml.Node {
	m := &yaml.Node{Kind: yaml.MappingNode}
	for i := 0; i < len(pairs); i += 2 {
		m.Content = append(m.Content, scalarNode(pairs[i].(string)), pairs[i+1].(*yaml.Node))
	}
	return m
}
