package main

import (
	"bytes"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// heardEnv makes the test binary a program that reads aloud: it tells what it
// says to the test that listens at the address, and speaks until it is cut off.
const heardEnv = "ELIOS_TEST_HEARD"

func readAloud(addr string) int {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return 1
	}
	if _, err := io.Copy(conn, os.Stdin); err != nil {
		return 1
	}
	select {}
}

func TestQuestionsAreReadAloud(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(heardEnv, ln.Addr().String())
	dir := t.TempDir()
	env := map[string]string{
		"HOME": dir, "ELIOS_DB": filepath.Join(dir, "elios.db"), "ELIOS_SPEECH_COMMAND": `"` + self + `"`,
	}
	in, typed := io.Pipe()
	var out, complaints bytes.Buffer
	code := make(chan int)
	go func() {
		code <- run(t.Context(), []string{"practice", "go", "--seed", "7", "--count", "1", "--plain", "--speak"},
			streams{in: in, out: &out, err: &complaints}, func(k string) string { return env[k] })
	}()
	// A question, then a follow-up: what was heard is there when it is cut off.
	var heard []string
	for range 2 {
		conn, err := ln.Accept()
		if err != nil {
			t.Fatal(err)
		}
		first := make([]byte, 16)
		if _, err := io.ReadFull(conn, first); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(typed, "I am not sure about that.\n.\n"); err != nil {
			t.Fatal(err)
		}
		rest, _ := io.ReadAll(conn) // to the end of the program
		heard = append(heard, strings.SplitAfter(string(first)+string(rest), ".")[0])
	}
	_ = typed.Close()
	if got := <-code; got != exitOK || complaints.Len() != 0 {
		t.Errorf("exit code %d, %s", got, complaints.String())
	}
	asked := strings.Join(strings.Fields(strings.ReplaceAll(out.String(), "`", "")), " ")
	for _, h := range heard {
		if !strings.Contains(asked, h) {
			t.Errorf("heard %q, which was not asked in %s", h, asked)
		}
	}
}
