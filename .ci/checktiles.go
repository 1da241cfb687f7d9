// Checks a pack over golang.org/x/mod: the signature of its checkpoint, and that the leaves in its entry bundles have
// the root that was signed. Usage: checktiles VKEY DIR
package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// name gives the path of an entry bundle: groups of three digits, all but the last behind an x.
func name(n, width int64) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	if width < 256 {
		path += fmt.Sprintf(".p/%d", width)
	}
	return filepath.Join("tile", "entries", path)
}

func main() {
	verifier, err := note.NewVerifier(os.Args[1])
	check(err)
	text, err := os.ReadFile(filepath.Join(os.Args[2], "checkpoint"))
	check(err)
	opened, err := note.Open(text, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, index := range indexes {
			found = append(found, stored[index])
		}
		return found, nil
	})
	for at := int64(0); at < size; {
		width := size - at
		if width > 256 {
			width = 256
		}
		bundle, err := os.ReadFile(filepath.Join(os.Args[2], name(at/256, width)))
		check(err)
		for ; len(bundle) > 0; at++ {
			length := int(bundle[0])<<8 | int(bundle[1])
			hashes, err := tlog.StoredHashes(at, bundle[2:2+length], reader)
			check(err)
			stored = append(stored, hashes...)
			bundle = bundle[2+length:]
		}
	}
	root, err := tlog.TreeHash(size, reader)
	check(err)
	if base64.StdEncoding.EncodeToString(root[:]) != lines[2] {
		check(fmt.Errorf("the leaves have another root than the checkpoint"))
	}
}
