package web_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/elios/elios/internal/server/web"
)

func page(t *testing.T) http.Handler {
	t.Helper()
	h, err := web.New()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func get(t *testing.T, path string, headers ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	page(t).ServeHTTP(w, r)
	return w.Result()
}

func TestEveryFileIsServed(t *testing.T) {
	files, err := filepath.Glob("page/*")
	if err != nil || len(files) < 10 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	kinds := map[string]string{".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	for _, f := range files {
		res := get(t, "/web/"+filepath.Base(f))
		if res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != kinds[filepath.Ext(f)] {
			t.Errorf("%s: %s, %q", f, res.Status, res.Header.Get("Content-Type"))
		}
		for _, want := range []string{"default-src 'none'", "script-src 'self'", "require-trusted-types-for 'script'", "trusted-types 'none'", "frame-ancestors 'none'"} {
			if csp := res.Header.Get("Content-Security-Policy"); !strings.Contains(csp, want) || strings.Contains(csp, "unsafe") {
				t.Errorf("%s: the policy is %q, without %q", f, csp, want)
			}
		}
		if tag := res.Header.Get("ETag"); get(t, "/web/"+filepath.Base(f), "If-None-Match", tag).StatusCode != http.StatusNotModified {
			t.Errorf("%s is sent again to who has it", f)
		}
	}
	if res := get(t, "/"); res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		t.Errorf("/: %s", res.Status)
	}
	for _, path := range []string{"/web/", "/web/../web.go", "/web/none.js", "/elsewhere"} {
		if res := get(t, path); res.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %s", path, res.Status)
		}
	}
}

// forbidden are ways to make markup or code of text, and addresses elsewhere; the
// one of SVG is a name and not asked for.
var forbidden = regexp.MustCompile(`innerHTML|outerHTML|insertAdjacent|document\.write|DOMParser|createContextualFragment|\beval\b|new Function|srcdoc|style=|onclick=|https?://`)

func TestNothingBecomesMarkupOrLeavesThePage(t *testing.T) {
	files, err := filepath.Glob("page/*")
	if err != nil {
		t.Fatal(err)
	}
	imports := regexp.MustCompile(`(?:from|href=|src=) ?['"](?:\./|web/)([^'"]+)['"]`)
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		s := strings.ReplaceAll(string(b), `xmlns="http://www.w3.org/2000/svg"`, "")
		if at := forbidden.FindString(s); at != "" {
			t.Errorf("%s has %s", f, at)
		}
		for _, m := range imports.FindAllStringSubmatch(s, -1) {
			if !slices.Contains(files, filepath.Join("page", m[1])) {
				t.Errorf("%s asks for %s, which is not there", f, m[1])
			}
		}
	}
}
