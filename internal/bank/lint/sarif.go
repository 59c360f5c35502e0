package lint

import (
	"net/url"
	"path/filepath"
	"slices"
)

// The parts of SARIF 2.1.0 that a report needs.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string       `json:"id"`
		ShortDescription sarifMessage `json:"shortDescription"`
		Help             sarifMessage `json:"help"`
		Configuration    sarifLevel   `json:"defaultConfiguration"`
	}
	sarifLevel struct {
		Level Severity `json:"level"`
	}
	sarifMessage struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     Severity        `json:"level"`
		Message   sarifMessage    `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
	}
)

const (
	sarifSchema = "https://json.schemastore.org/sarif-2.1.0.json"
	home        = "https://github.com/elios/elios"
)

// sarif is the report as code scanners exchange it.
func (r Report) sarif() sarifLog {
	driver := sarifDriver{Name: "elios bank lint", InformationURI: home}
	for _, rule := range rules {
		driver.Rules = append(driver.Rules, sarifRule{
			rule.ID, sarifMessage{rule.Summary}, sarifMessage{rule.Mend}, sarifLevel{rule.Severity},
		})
	}
	run := sarifRun{Tool: sarifTool{driver}, ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	for _, f := range r.Findings {
		run.Results = append(run.Results, f.sarif())
	}
	return sarifLog{sarifSchema, "2.1.0", []sarifRun{run}}
}

func (f Finding) sarif() sarifResult {
	at := sarifPhysical{Artifact: sarifArtifact{uriOf(f.File)}}
	if f.Line > 0 {
		at.Region = &sarifRegion{f.Line, max(1, f.Column)}
	}
	return sarifResult{
		RuleID: f.Rule, RuleIndex: slices.IndexFunc(rules, func(r Rule) bool { return r.ID == f.Rule }),
		Level: f.Severity, Message: sarifMessage{f.Message + ". " + f.Mend}, Locations: []sarifLocation{{at}},
	}
}

// uriOf is a file as a URI; a relative one stays relative.
func uriOf(file string) string {
	u := url.URL{Path: filepath.ToSlash(file)}
	if filepath.IsAbs(file) {
		u.Scheme = "file"
	}
	return u.String()
}
