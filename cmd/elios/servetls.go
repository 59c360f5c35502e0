package main

import (
	"crypto/tls"
	"fmt"
	"net"

	"github.com/elios/elios/internal/client"
)

// withTLS puts TLS (1.2 or later) on a listener.
func withTLS(l net.Listener, certFile, keyFile string) (net.Listener, error) {
	cert, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		return nil, fmt.Errorf("certificate %s: %w", certFile, cause(err))
	}
	return tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"}}), nil
}

// pinOf names the key of a certificate, "" without one.
func pinOf(certFile, keyFile string) (string, error) {
	if certFile == "" {
		return "", nil
	}
	cert, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		return "", err
	}
	return client.Pin(cert.Leaf), nil
}
