package client

import (
	"crypto/sha256"
	"crypto/subtle"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/elios/elios/internal/session"
)

// pinPrefix is how curl and RFC 7469 write the hash of a key.
const pinPrefix = "sha256//"

// Pin names the key of a certificate: the SHA-256 of its SubjectPublicKeyInfo
// in base64, as curl's --pinnedpubkey takes it.
func Pin(cert *x509.Certificate) string {
	sum := sha256.Sum256(cert.RawSubjectPublicKeyInfo)
	return pinPrefix + base64.StdEncoding.EncodeToString(sum[:])
}

var errOtherKey = errors.New("the server has another key than the one that --pin names; somebody may be in between")

// pinned trusts one key, whoever signed its certificate. Invalid.
func pinned(pin string) (*tls.Config, error) {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(pin, pinPrefix))
	if err != nil || len(raw) != sha256.Size {
		return nil, session.Errorf(session.Invalid, "--pin %q: it is %s and the base64 of a SHA-256, as elios serve prints it", pin, pinPrefix)
	}
	want := pinPrefix + base64.StdEncoding.EncodeToString(raw)
	return &tls.Config{
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true, //nolint:gosec // the key itself is checked below
		VerifyConnection: func(s tls.ConnectionState) error {
			if len(s.PeerCertificates) > 0 && subtle.ConstantTimeCompare([]byte(Pin(s.PeerCertificates[0])), []byte(want)) == 1 {
				return nil
			}
			return errOtherKey
		},
	}, nil
}
