"""Rooms that a newcomer can see through: sizes of files and functions, packages."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = {
    "aslb": ROOT / "src" / "aslb",
    "aslb.models": ROOT / "models",
    "aslb.parameters": ROOT / "parameters",
    "aslb.experiments": ROOT / "experiments",
}
FILES = sorted(
    file
    for folder in (*FOLDERS.values(), ROOT / "tests")
    for file in folder.rglob("*.py")
)


def code_lines(function):
    """Lines of a function without its docstring."""
    lines = function.end_lineno - function.lineno + 1
    if ast.get_docstring(function):
        first = function.body[0]
        lines -= first.end_lineno - first.lineno + 1
    return lines


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_a_file_fits_a_few_screens_and_a_function_one(file):
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert code_lines(node) <= 60, node.name


def test_every_package_is_listed():
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
    there = {
        ".".join([package, *file.parent.relative_to(folder).parts])
        for package, folder in FOLDERS.items()
        for file in folder.rglob("__init__.py")
    }
    assert set(tool["setuptools"]["packages"]) == there
