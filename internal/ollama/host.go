package ollama

import (
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// defaultPort is where Ollama listens.
const defaultPort = "11434"

// ParseHost reads a value of OLLAMA_HOST as Ollama itself does: "host" means port 11434, but
// "http://host" port 80 and "https://host" port 443; a path stays. An address that means "every
// network" to a server (0.0.0.0, ::) is this machine to a client. "" is 127.0.0.1:11434.
func ParseHost(s string) (*url.URL, error) {
	s = strings.Trim(strings.TrimSpace(s), `"'`)
	scheme, rest, found := strings.Cut(s, "://")
	port := defaultPort
	switch {
	case !found:
		scheme, rest = "http", s
	case scheme == "http":
		port = "80"
	case scheme == "https":
		port = "443"
	default:
		return nil, fmt.Errorf("OLLAMA_HOST %q: the scheme is http or https", s)
	}
	hostport, path, _ := strings.Cut(rest, "/")
	host, given, err := net.SplitHostPort(hostport)
	if err != nil {
		host, given = strings.Trim(hostport, "[]"), port
	}
	if given == "" {
		given = port
	}
	if n, err := strconv.Atoi(given); err != nil || n < 1 || n > 65535 {
		return nil, fmt.Errorf("OLLAMA_HOST %q: the port is a number from 1 to 65535", s)
	}
	u := &url.URL{Scheme: scheme, Host: net.JoinHostPort(clientHost(host), given)}
	if path != "" {
		u.Path = "/" + path
	}
	if strings.ContainsAny(host, " \t@?#") || u.Hostname() == "" {
		return nil, fmt.Errorf("OLLAMA_HOST %q: give HOST, HOST:PORT or http://HOST:PORT", s)
	}
	return u, nil
}

// clientHost is where a client finds what a server calls host.
func clientHost(host string) string {
	switch ip := net.ParseIP(host); {
	case host == "", ip != nil && ip.IsUnspecified() && ip.To4() != nil:
		return "127.0.0.1"
	case ip != nil && ip.IsUnspecified():
		return "::1"
	}
	return host
}
