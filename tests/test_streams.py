"""Remote streams, whose halves one goroutine at a time may use: gRPC is no part of Go, so this case is not compiled."""

from __future__ import annotations

from pathlib import Path

import pytest

from govet_py.options import Options
from govet_py.pipeline import analyse

SOURCE = """package streams

import (
	"sync"

	"google.golang.org/grpc"
)

type event struct{ text string }

type eventServer interface {
	Send(*event) error
	grpc.ServerStream
}

func each(names []string, do func(*event) error) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = do(&event{name})
		}()
	}
	wg.Wait()
}

func bare(names []string, stream eventServer) {
	each(names, func(one *event) error { return stream.Send(one) })
}

func generic(names []string, stream grpc.ServerStreamingServer[event]) {
	each(names, func(one *event) error { return stream.Send(one) })
}

func locked(names []string, stream eventServer) {
	var mu sync.Mutex
	each(names, func(one *event) error {
		mu.Lock()
		defer mu.Unlock()
		return stream.Send(one)
	})
}

func readers(stream grpc.BidiStreamingClient[event, event]) {
	for range 2 {
		go func() { _, _ = stream.Recv() }()
	}
}

func bothWays(stream grpc.BidiStreamingClient[event, event]) error {
	done := make(chan error, 1)
	go func() {
		_, err := stream.Recv()
		done <- err
	}()
	if err := stream.Send(&event{}); err != nil {
		return err
	}
	return <-done
}
"""


@pytest.fixture(scope="module")
def racing(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The functions that race, each with what it races for."""
    tree: Path = tmp_path_factory.mktemp("streams")
    (tree / "go.mod").write_text("module streams\n\ngo 1.24\n")
    (tree / "streams.go").write_text(SOURCE)
    report = analyse(Options(paths=(str(tree),)))
    return {f"{one.function.rpartition('.')[2]}: {one.message.partition(' is ')[0]}" for one in report.findings}


def test_one_half_used_twice_at_once_races_unless_locked(racing: set[str]) -> None:
    assert racing == {"bare: object stream", "generic: object stream", "readers: object stream"}
