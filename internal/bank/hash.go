package bank

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
)

// Hash names the content of a bank, its cases included: banks with the same
// hash are the same to an author. Comments and layout of the files do not
// matter to it.
func (b *Bank) Hash() (string, error) {
	body, err := json.Marshal(b)
	if err != nil {
		return "", fmt.Errorf("bank %s: %w", b.ID, err)
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:]), nil
}
