package wire_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"github.com/elios/elios/internal/wire"
)

func TestSecretIsNew(t *testing.T) {
	form := regexp.MustCompile(`^elios_[A-Za-z0-9_-]{43}$`) // 256 bits
	seen := map[string]bool{}
	for range 100 {
		s := wire.NewSecret()
		if !form.MatchString(s.Reveal()) || s.Empty() {
			t.Fatalf("a secret of %d bytes is of another form", len(s.Reveal()))
		}
		if seen[s.Reveal()] {
			t.Fatal("two secrets are one")
		}
		seen[s.Reveal()] = true
	}
}

// holder is what a secret stands in when somebody prints more than they mean to.
type holder struct {
	Secret  wire.Secret  `json:"secret"`
	Pointer *wire.Secret `json:"pointer"`
	List    []wire.Secret
	Map     map[string]wire.Secret
}

func holding(s wire.Secret) holder {
	return holder{s, &s, []wire.Secret{s}, map[string]wire.Secret{"key": s}}
}

func TestSecretShowsInNoVerb(t *testing.T) {
	s := wire.NewSecret()
	h := holding(s)
	for _, verb := range []string{
		"%v", "%+v", "%#v", "%s", "%q", "%+q", "%#q", "%x", "%X", "% x", "%#x", "%d", "%t", "%c", "%U", "%b", "%o", "%e", "%g", "%p", "%w", "%y", "%100s", "%.3s",
	} {
		for _, v := range []any{s, &s, h, &h, []any{h}} {
			hides(t, verb, fmt.Sprintf(verb, v), s)
		}
	}
	hides(t, "Print", fmt.Sprint(s, &s), s)
	hides(t, "Println", fmt.Sprintln(h, &h), s)
	hides(t, "Errorf", fmt.Errorf("hello: %v", h).Error(), s)
	hides(t, "String", s.String(), s)
}

func TestSecretShowsInNoLog(t *testing.T) {
	s := wire.NewSecret()
	var b bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&b, nil), slog.NewJSONHandler(&b, nil)} {
		log := slog.New(handler).With("token", s)
		log.Info("hello", "secret", s, "pointer", &s, "holder", holding(s), "group", slog.GroupValue(slog.Any("in", s)))
	}
	if !strings.Contains(b.String(), "***") {
		t.Errorf("nothing stands for the secret: %s", &b)
	}
	hides(t, "slog", b.String(), s)
}

func TestSecretShowsInNoJSON(t *testing.T) {
	s := wire.NewSecret()
	h := holding(s)
	for _, v := range []any{s, &s, h, &h, map[wire.Secret]int{s: 1}} {
		out, err := json.Marshal(v)
		if err != nil || !bytes.Contains(out, []byte("***")) {
			t.Errorf("%s, %v", out, err)
		}
		hides(t, "json", string(out), s)
	}
}

// hides looks for the secret, its bytes in hexadecimal and any good part of it.
func hides(t *testing.T, how, out string, s wire.Secret) {
	t.Helper()
	shown := strings.ToLower(strings.ReplaceAll(strings.ReplaceAll(out, " ", ""), "0x", ""))
	part := strings.TrimPrefix(s.Reveal(), "elios_")[:8]
	for _, bad := range []string{"elios_", strings.ToLower(part), fmt.Sprintf("%x", part)} {
		if strings.Contains(shown, bad) {
			t.Errorf("%s shows the secret", how) // never the output itself
		}
	}
}

func TestSecretHash(t *testing.T) {
	s := wire.NewSecret()
	if want := fmt.Sprintf("%x", sha256.Sum256([]byte(s.Reveal()))); s.Hash() != want {
		t.Errorf("%s, want %s", s.Hash(), want)
	}
	// Kept hashes must stay good for ever.
	if got := wire.SecretOf("elios_abc").Hash(); got != "92020007d253c7795abf94dcffc328ba1759908bee81a6f5672daf23b76d2fd5" {
		t.Errorf("the hash has changed: %s", got)
	}
}

func TestSecretRoundTrip(t *testing.T) {
	s := wire.NewSecret()
	body, err := json.Marshal(s.Reveal())
	if err != nil {
		t.Fatal(err)
	}
	var sent wire.Secret
	if err := json.Unmarshal(body, &sent); err != nil || sent.Hash() != s.Hash() || sent.Reveal() != s.Reveal() {
		t.Errorf("what was sent is not what came (%v)", err)
	}
	// A file ends with a line end, and people copy spaces.
	if wire.SecretOf(" "+s.Reveal()+"\r\n").Hash() != s.Hash() {
		t.Error("white space around makes it another")
	}
	if (wire.Secret{}).Reveal() != "" || !(wire.Secret{}).Empty() {
		t.Error("the zero value is a secret")
	}
	for _, empty := range []string{"", " \n"} {
		if s := wire.SecretOf(empty); !s.Empty() || s != (wire.Secret{}) {
			t.Errorf("%q is a secret", empty)
		}
	}
	if err := json.Unmarshal([]byte(`7`), &sent); err == nil {
		t.Error("a number is a secret")
	}
}
