"""Blind predictions are only ever added, and the log is that of the predictions."""

import hashlib
import importlib.util
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "predictions"
SHA256 = {
    "2026-11-22-first.json": [
        (None, "d52cdbb714702177b4be7ba0e0ccf5ed53b44255e538ff8d8cc4475cb100560c"),
    ],
    "blind.csv": [
        (27, "24eb485eb66200d1b9a3bfcec901b49bd6d8df7a1cfd593b45514a5581a50837"),
    ],
}
"""Lines from the head of a file, all if None, and their SHA-256: each state it was in.

Add an entry for a new file or for the new length of ``blind.csv``; never take one out.
"""


def complaints(folder, kept=SHA256):
    """What is wrong with the folder, a line each."""
    there = {
        file.relative_to(folder).as_posix(): file.read_bytes().splitlines(True)
        for file in folder.rglob("*")
        if file.is_file() and file.name != "README.md"
    }
    for name, lines in there.items():
        states = kept.get(name, [(0, sha256([]))])
        if any(sha256(lines[:known]) != found for known, found in states):
            yield f"{name} was changed: restore it, and add a new file instead"
        elif len(lines[: states[-1][0]]) < len(lines):
            entry = (len(lines) if name.endswith(".csv") else None, sha256(lines))
            yield f"{name} is new, or has new lines: its entry is {entry}"
    for name in kept.keys() - there:
        yield f"{name} is missing: restore it; predictions are never taken out"


def sha256(lines):
    return hashlib.sha256(b"".join(lines)).hexdigest()


def test_predictions_are_only_ever_added():
    assert not list(complaints(FOLDER))


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("2099-01-01-new.json", "{}", "is new, or has new lines"),
        ("first.json", "{}", "was changed: restore it"),
        ("first.json", "[]\n[]\n", "was changed: restore it"),
        ("first.json", None, "is missing: restore it"),
        ("blind.csv", "date\n2\n2\n", "was changed: restore it"),
        ("blind.csv", "date\n", "was changed: restore it"),
        ("blind.csv", "date\n1\n2\n3\n", "is new, or has new lines"),
        ("blind.csv", None, "is missing: restore it"),
    ],
)
def test_any_other_change_is_told(tmp_path, name, content, complaint):
    kept = {
        "first.json": [(None, sha256([b"[]\n"]))],
        "blind.csv": [
            (2, sha256([b"date\n", b"1\n"])),
            (3, sha256([b"date\n", b"1\n", b"2\n"])),
        ],
    }
    (tmp_path / "first.json").write_text("[]\n")
    (tmp_path / "blind.csv").write_text("date\n1\n2\n")
    assert not list(complaints(tmp_path, kept))
    (tmp_path / name).unlink(missing_ok=True)
    if content is not None:
        (tmp_path / name).write_text(content)
    (told,) = complaints(tmp_path, kept)
    assert told.startswith(f"{name} {complaint}")


@pytest.fixture
def blind_log():
    path = ROOT / "docs" / "generate" / "blind_log.py"
    spec = importlib.util.spec_from_file_location("blind_log", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_that_of_the_predictions(blind_log, monkeypatch, tmp_path):
    """Run python docs/generate/blind_log.py if this fails."""
    kept = blind_log.PAGE.read_text(encoding="utf-8")
    monkeypatch.setattr(blind_log, "PAGE", tmp_path / "page.md")
    blind_log.main()
    made = blind_log.PAGE.read_text(encoding="utf-8")
    tables = [[x for x in text.splitlines() if x[:1] == "|"] for text in (made, kept)]
    assert tables[0] == tables[1]


def test_first_blind_predictions_missed_by_27_mAh_g(blind_log):
    """Cell-2 at C/5, C/2 and 1C, and with cell-1 at 1C, by hand."""
    page = blind_log.page()
    cell_2 = ((164.5 - 147) ** 2 + (131.7 - 101) ** 2 + (89.5 - 58) ** 2) / 3
    both = (3 * cell_2 + 25**2) / 4
    assert f"| blind, thick halide, mAh/g | 3 | 0 % | {cell_2**0.5:.1f} |" in page
    assert f"| blind, mAh/g | 4 | 25 % | {both**0.5:.1f} |" in page


def test_without_a_band_or_a_measurement_there_is_no_score(
    blind_log, monkeypatch, tmp_path
):
    monkeypatch.setattr(blind_log, "ROOT", tmp_path)
    made = json.loads((FOLDER / "2026-11-22-first.json").read_text(encoding="utf-8"))
    row = {**made["predictions"][11], "lower": None, "upper": None}
    (tmp_path / "predictions").mkdir()
    file = tmp_path / "predictions" / "new.json"
    file.write_text(json.dumps({**made, "predictions": [row]}))
    page = blind_log.page()
    assert "| 1C | 89.5 mAh/g |  | 58 | +31.5 |  |" in page
    assert "| blind, mAh/g | 1 |  | 31.5 |  |" in page
    file.write_text(json.dumps({**made, "predictions": [{**row, "c_rate": 3}]}))
    assert "None of it is measured yet." in blind_log.page()
