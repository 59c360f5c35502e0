package wire

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"log/slog"
	"strings"
)

// secretPrefix lets people and scanners of leaked keys see what a token is.
const secretPrefix = "elios_"

// Secret is what a token is proved by: 256 random bits behind a prefix. However
// it is printed, logged or encoded, it shows ***; only Reveal gives it. Compare
// secrets by their Hash.
//
// It is kept behind a pointer since a verb that fmt does not know for a value,
// such as %p, prints what is inside and asks no method; it follows no pointer.
type Secret struct{ s *string }

// NewSecret makes a secret.
func NewSecret() Secret {
	var b [32]byte
	_, _ = rand.Read(b[:]) // never fails: it ends the program instead
	return SecretOf(secretPrefix + base64.RawURLEncoding.EncodeToString(b[:]))
}

// SecretOf wraps what somebody has sent or kept.
func SecretOf(s string) Secret {
	if s = strings.TrimSpace(s); s == "" {
		return Secret{} // the one that omitzero leaves out
	}
	return Secret{&s}
}

// Reveal gives the secret itself, to be shown once or sent.
func (s Secret) Reveal() string {
	if s.s == nil {
		return ""
	}
	return *s.s
}

// Empty tells whether there is none.
func (s Secret) Empty() bool { return s.Reveal() == "" }

// Hash is the SHA-256 in hexadecimal, which is all that is kept of a secret.
func (s Secret) Hash() string {
	sum := sha256.Sum256([]byte(s.Reveal()))
	return hex.EncodeToString(sum[:])
}

const masked = "***"

// String shows nothing.
func (s Secret) String() string { return masked }

// Format shows nothing, whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(masked)) }

// LogValue shows nothing.
func (s Secret) LogValue() slog.Value { return slog.StringValue(masked) }

// MarshalText shows nothing.
func (s Secret) MarshalText() ([]byte, error) { return []byte(masked), nil }

// UnmarshalText takes a secret from a message.
func (s *Secret) UnmarshalText(b []byte) error {
	*s = SecretOf(string(b))
	return nil
}
