"""Timers that outlive their use: told in modules before Go 1.23 only, so these cases bring their own go.mod."""

from __future__ import annotations

from pathlib import Path

import pytest

from govet_py.options import Options
from govet_py.pipeline import analyse

SOURCE = """package timers

import "time"

func unstopped(done <-chan struct{}) {
	ticker := time.NewTicker(time.Second)
	for {
		select {
		case <-ticker.C:
		case <-done:
			return
		}
	}
}

func stopped(done <-chan struct{}) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	<-done
}

func forever(work func()) {
	ticker := time.NewTicker(time.Second)
	for range ticker.C {
		work()
	}
}

func handedOn() *time.Ticker {
	ticker := time.NewTicker(time.Second)
	return ticker
}

func goesOnForEver(work func()) {
	ticker := time.NewTicker(time.Second)
	go func() {
		for range ticker.C {
			work()
		}
	}()
}

func goesOnUntil(done <-chan struct{}, work func()) {
	ticker := time.NewTicker(time.Second)
	go func() {
		for {
			select {
			case <-ticker.C:
				work()
			case <-done:
				return
			}
		}
	}()
}

func tick(done <-chan struct{}) {
	ticks := time.Tick(time.Second)
	for {
		select {
		case <-ticks:
		case <-done:
			return
		}
	}
}

func tickForever(work func()) {
	for range time.Tick(time.Second) {
		work()
	}
}

func tickForeverByName(work func()) {
	ticks := time.Tick(time.Second)
	for range ticks {
		work()
	}
}

func tickUntil(work func(time.Time) error) {
	ticks := time.Tick(time.Second)
	for now := range ticks {
		if work(now) != nil {
			return
		}
	}
}

func after(events <-chan int, interval time.Duration) {
	for {
		timeout := time.After(interval)
		select {
		case <-events:
		case <-timeout:
			return
		}
	}
}

func once(events <-chan int, interval time.Duration) {
	select {
	case <-events:
	case <-time.After(interval):
	}
}
"""


def scan(folder: Path, version: str) -> list[str]:
    (folder / "go.mod").write_text(f"module example.com/timers\n\ngo {version}\n", "utf-8")
    (folder / "timers.go").write_text(SOURCE, "utf-8")
    report = analyse(Options(paths=(str(folder),), select=("GV502",)))
    return [finding.function.rpartition(".")[2] for finding in report.findings]


def test_timers_are_left_behind_before_go_1_23(tmp_path: Path) -> None:
    assert scan(tmp_path, "1.22") == ["unstopped", "goesOnUntil", "tick", "tickUntil", "after"]


@pytest.mark.parametrize("version", ["1.23", "1.25.1"])
def test_timers_are_collected_since(tmp_path: Path, version: str) -> None:
    assert scan(tmp_path, version) == []
