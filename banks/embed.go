// Package banks holds the built-in question banks.
package banks

import "embed"

// FS has the built-in banks, one YAML file each.
//
//go:embed *.yaml
var FS embed.FS
