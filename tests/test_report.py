"""Reports: what people and programs read of a finding."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import samples
from govet_py.model.finding import Confidence
from govet_py.report import FORMATS, document, render
from govet_py.report.escape import safe
from govet_py.report.fingerprint import fingerprints
from govet_py.report.look import Look
from govet_py.report.text import counted, summary


def test_text_tells_place_rule_excerpt_and_both_goroutines() -> None:
    assert render(samples.report(samples.race()), "text").splitlines() == [
        "dir with blank/größe.go:4:14: error GV101 map-race: map seen is written [high]",
        '     4 |     go func() { seen["ü\\x1b[31m"] = 1 }()',
        "       |                 ^^^^^^^",
        "   goroutine 1:",
        "     dir with blank/größe.go:4:2: starts a goroutine",
        "       dir with blank/größe.go:4:14: writes seen",
        "   goroutine 2:",
        "     dir with blank/größe.go:5:2: writes seen[key](1) of struct{}",
        "   note: dir with blank/größe.go:5:2: writes seen as well",
    ]


def test_text_has_colours_only_when_asked() -> None:
    assert "\x1b" not in render(samples.report(), "text")
    assert "\x1b[1;31merror GV101" in render(samples.report(), "text", Look(color=True))


@pytest.mark.parametrize("format", ["text", "github"])
def test_people_get_paths_from_where_they_stand(format: str) -> None:
    text = render(samples.report(), format, Look(prefix="repository/"))
    assert text.count("dir with blank") == text.count("repository/dir with blank") > 0
    assert "seen" in text


def test_text_of_nothing_is_empty() -> None:
    assert render(replace(samples.report(), findings=()), "text") == ""


def test_summary_counts() -> None:
    assert summary(samples.report()) == "2 findings (1 error, 1 warning) in 1 file"
    assert summary(replace(samples.report(), findings=())) == "nothing to report in 1 file"
    assert counted(1234, "file") == "1,234 files"


def test_json_has_the_documented_keys() -> None:
    written = json.loads(render(samples.report(samples.race()), "json"))
    assert list(written) == ["version", "tool", "root", "findings", "hidden", "notices"]
    [finding] = written["findings"]
    assert finding["rule"] == {"id": "GV101", "name": "map-race"}
    assert (finding["severity"], finding["confidence"]) == ("error", "high")
    assert finding["location"] == {"path": samples.PATH, "line": 4, "column": 14, "end_line": 4, "end_column": 21}
    assert [step["goroutine"] for step in finding["steps"]] == [1, 1, 2]
    assert written["notices"][0]["kind"] == "partial-parse"


def test_github_escapes_data_and_properties() -> None:
    text = render(samples.report(samples.race("50% of a: b, c\nd")), "github")
    assert text.startswith(
        "::error file=dir with blank/größe.go,line=4,endLine=4,col=14,endColumn=21,title=GV101 map-race"
        "::50%25 of a: b, c\\x0ad [high]%0Agoroutine 1: "
    )
    assert text.count("\n") == 1


def test_github_writes_ten_of_a_level_and_counts_the_rest() -> None:
    findings = tuple(samples.race(f"race {number}") for number in range(13))
    lines = render(samples.report(*findings, samples.lossy()), "github").splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error"] * 10 + ["and"] + ["::warning"]
    assert lines[10].startswith("and 3 more of level error")


def test_fingerprints_do_not_depend_on_lines_or_literal_numbers() -> None:
    race = samples.race()
    moved = replace(race, site=samples.site('seen["b"]'), function="example.com/sample.run$7")
    assert fingerprints([race]) == fingerprints([moved])


def test_equal_findings_have_different_fingerprints() -> None:
    first, second = fingerprints([samples.race(), samples.race("another message")])
    assert first != second
    assert fingerprints([samples.race()]) == (first,)


@pytest.mark.parametrize("part", ["rule", "function", "identity"])
def test_fingerprints_tell_findings_apart(part: str) -> None:
    race = samples.race()
    other = {
        "rule": replace(race, rule=samples.LOSSY),
        "function": replace(race, function="example.com/sample.walk"),
        "identity": replace(race, identity=("se", "en")),
    }[part]
    assert fingerprints([race]) != fingerprints([other])


@pytest.mark.parametrize("format", FORMATS)
def test_reports_are_the_same_each_time(format: str) -> None:
    assert render(samples.report(), format) == render(samples.report(), format)


@pytest.mark.parametrize("format", FORMATS)
def test_places_without_content_do_not_crash(format: str) -> None:
    assert "GV101" in render(replace(samples.report(), contents={}), format)


@given(st.text())
def test_safe_text_shows_no_control_character(text: str) -> None:
    shown = safe(text)
    assert not any((char < " " and char != "\t") or "\x7f" <= char <= "\x9f" for char in shown)
    assert not set(shown) & {chr(code) for code in range(0x202A, 0x202F)}
    shown.encode("utf-8")


def test_documents_become_markdown_with_fenced_go() -> None:
    text = document.markdown(samples.RACE)
    assert "## What it finds\n\nan assignment that another goroutine\nmay run as well." in text
    assert "```go\ngo func() { seen[key] = true }()\n\ngo func() { seen[key] = true }()\n```" in text
    assert text.count("```") == 4


def test_explanations_begin_with_the_rule() -> None:
    assert document.plain(samples.RACE).startswith("GV101 map-race (error)\n======================\n\nA map is written")


def test_confidence_is_ordered() -> None:
    assert Confidence.LOW < Confidence.MEDIUM < Confidence.HIGH
