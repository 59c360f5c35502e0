package bank

import "embed"

//go:generate go test -run TestSchemaIsCurrent . -update

//go:embed schema/bank-v1.schema.json
var schemaFS embed.FS

// Schema is the JSON Schema (draft 2020-12) of a bank's file, for editors. It
// is made from the Go types by a test, so that the generator is no part of the
// program; it is looser than the loader, which also checks references.
func Schema() ([]byte, error) { return schemaFS.ReadFile("schema/bank-v1.schema.json") }
