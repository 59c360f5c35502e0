// Package web is the page that elios serve gives to browsers: a client of the
// protocol elios.v1 in plain HTML, CSS and JavaScript modules, embedded as they
// stand. It asks for nothing from anywhere else.
package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
)

//go:embed page
var files embed.FS

// policy keeps out everything that is not this page: no script but the embedded
// ones, nothing from elsewhere, no text that becomes markup (Trusted Types with
// no policy at all), no frame around it (Content Security Policy Level 3). The
// sound of a question is fetched with the token, and so played from a blob.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; media-src blob:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// headers are those of the page and of each of its files.
var headers = map[string]string{
	"Content-Security-Policy":      policy,
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), geolocation=(), microphone=()",
	"Referrer-Policy":              "no-referrer",
	// Looked at again at each visit: a server may be another version by then.
	"Cache-Control": "no-cache",
}

// kinds are the media types, which a system's own table may lack.
var kinds = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}

// New makes a handler that answers GET / with the page, and GET /web/… with its
// files.
func New() (http.Handler, error) {
	served := map[string]file{}
	entries, err := fs.ReadDir(files, "page")
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		b, err := files.ReadFile(path.Join("page", e.Name()))
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256(b)
		served["/web/"+e.Name()] = file{b, kindOf(e.Name()), `"` + hex.EncodeToString(sum[:8]) + `"`}
	}
	served["/"] = served["/web/index.html"]
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f, ok := served[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		f.serve(w, r)
	}), nil
}

func kindOf(name string) string {
	if k := kinds[path.Ext(name)]; k != "" {
		return k
	}
	return mime.TypeByExtension(path.Ext(name))
}

// file is one file of the page.
type file struct {
	content   []byte
	kind, tag string
}

func (f file) serve(w http.ResponseWriter, r *http.Request) {
	for name, value := range headers {
		w.Header().Set(name, value)
	}
	w.Header().Set("ETag", f.tag)
	if r.Header.Get("If-None-Match") == f.tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", f.kind)
	_, _ = w.Write(f.content) // who has gone needs no page
}
