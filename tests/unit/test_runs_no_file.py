"""Nothing of ours runs what a file says, but a compiled library of our own."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("src/aslb", "models", "parameters", "experiments")

RUN = {"eval", "exec", "compile", "__import__", "execfile"}
READ_AND_RUN = {
    *("pickle", "cPickle", "dill", "joblib", "marshal", "shelve", "runpy", "code"),
    *("ctypes", "subprocess", "cloudpickle"),
}
METHODS = {"read_pickle", "unsafe_load", "full_load", "load_extension", "system"}
METHODS |= {"enable_load_extension", "popen", "allow_pickle", "parse_expr", "sympify"}
YAML = {"safe_load"}  # of yaml nothing else

ALLOWED = {
    # what this process, or one that it started, has packed
    ("experiments/engine/description.py", "cloudpickle"),
    ("experiments/engine/group.py", "cloudpickle"),
    ("experiments/engine/side_by_side.py", "cloudpickle"),
    ("experiments/study/solve.py", "cloudpickle"),
    # a library that is compiled here, see aslb.experiments.ensemble.cache
    ("experiments/ensemble/library.py", "ctypes"),
    ("experiments/engine/local_workers.py", "ctypes"),  # prctl of the C library
    ("experiments/ensemble/compiler.py", "subprocess"),
    ("experiments/output/files.py", "subprocess"),  # git tells the commit
}


def runs(tree):
    """Names in a module of what runs code that it is given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = {item.name.split(".")[0] for item in node.names}
            yield from names & READ_AND_RUN
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from {node.module.split(".")[0]} & READ_AND_RUN
        elif isinstance(node, ast.Name):
            yield from {node.id} & RUN
        elif isinstance(node, ast.Attribute):
            yield from {node.attr} & METHODS
            if isinstance(node.value, ast.Name) and node.value.id == "yaml":
                yield from {node.attr} - YAML
        elif isinstance(node, ast.keyword):
            yield from {node.arg} & METHODS


def test_what_runs_code_is_what_security_tells_of():
    found = {
        (str(file.relative_to(ROOT)), name)
        for folder in FOLDERS
        for file in (ROOT / folder).rglob("*.py")
        for name in runs(ast.parse(file.read_text(encoding="utf-8")))
    }
    assert found == ALLOWED


def test_it_is_seen():
    text = "import pickle\nfrom joblib import load\nmap(eval, '1')\nyaml.load(f)\n"
    text += "np.load(f, allow_pickle=True)\npd.read_pickle(f)\nos.system('')"
    assert {*runs(ast.parse(text))} == {
        *("pickle", "joblib", "eval", "load", "allow_pickle", "read_pickle", "system")
    }
