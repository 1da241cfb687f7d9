// Checks a pack over golang.org/x/mod: the signatures of its checkpoint and of those that were published, that the
// leaves in its entry bundles have the roots that were signed, and that its tiles are those of these leaves.
// Usage: checktiles VKEY DIR
package main

import (
	"bytes"
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

// name gives the path of a bundle or tile: groups of three digits, all but the last behind an x.
func name(kind string, n, width int64) string {
	path := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		path = fmt.Sprintf("x%03d/%s", n%1000, path)
	}
	if width < 256 {
		path += fmt.Sprintf(".p/%d", width)
	}
	return filepath.Join("tile", kind, path)
}

// open checks the signature of a checkpoint; its size and root.
func open(path string, verifier note.Verifier) (int64, string) {
	text, err := os.ReadFile(path)
	check(err)
	opened, err := note.Open(text, note.VerifierList(verifier))
	check(err)
	lines := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(lines[1], 10, 64)
	check(err)
	return size, lines[2]
}

// root compares the root over the first leaves with one that was signed.
func root(size int64, signed string, reader tlog.HashReader) {
	found, err := tlog.TreeHash(size, reader)
	check(err)
	if base64.StdEncoding.EncodeToString(found[:]) != signed {
		check(fmt.Errorf("the first %d leaves have another root than was signed", size))
	}
}

// tiles compares the files of the tree with the tiles over the leaves.
func tiles(folder string, size int64, reader tlog.HashReader) {
	for level, count := 0, size; count > 0; level, count = level+1, count/256 {
		for n := int64(0); n*256 < count; n++ {
			width := count - n*256
			if width > 256 {
				width = 256
			}
			data, err := tlog.ReadTileData(tlog.Tile{H: 8, L: level, N: n, W: int(width)}, reader)
			check(err)
			path := name(strconv.Itoa(level), n, width)
			file, err := os.ReadFile(filepath.Join(folder, path))
			check(err)
			if !bytes.Equal(file, data) {
				check(fmt.Errorf("%s is another tile than that of the leaves", path))
			}
		}
	}
}

func main() {
	verifier, err := note.NewVerifier(os.Args[1])
	check(err)
	folder := os.Args[2]
	size, signed := open(filepath.Join(folder, "checkpoint"), verifier)
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
		bundle, err := os.ReadFile(filepath.Join(folder, name("entries", at/256, width)))
		check(err)
		for ; len(bundle) > 0; at++ {
			length := int(bundle[0])<<8 | int(bundle[1])
			hashes, err := tlog.StoredHashes(at, bundle[2:2+length], reader)
			check(err)
			stored = append(stored, hashes...)
			bundle = bundle[2+length:]
		}
	}
	root(size, signed, reader)
	tiles(folder, size, reader)
	published, err := filepath.Glob(filepath.Join(folder, "history", "*.checkpoint"))
	check(err)
	for _, path := range published {
		size, signed := open(path, verifier)
		root(size, signed, reader)
	}
}
