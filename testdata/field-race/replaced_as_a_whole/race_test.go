package replaced_as_a_whole

import "testing"

func TestReplaced(t *testing.T) {
	for range 50 {
		serve(limits{rows: 1, bytes: 1})
	}
}

func TestCopied(t *testing.T) {
	for range 50 {
		count(10)
	}
}

func TestPart(t *testing.T) {
	for range 50 {
		watch(10)
	}
}

func TestFilled(t *testing.T) {
	for range 50 {
		if _, err := isVerbose([]byte(`{"Verbose": true}`)); err != nil {
			t.Fatal(err)
		}
	}
}
