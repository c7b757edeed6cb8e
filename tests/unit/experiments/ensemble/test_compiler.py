"""Libraries are made by whatever compiler there is, and kept whole."""

import multiprocessing
import os
import stat
import time
from concurrent.futures import ProcessPoolExecutor
from types import SimpleNamespace

import numpy as np
import pybamm
import pytest
from tiny_models import built, ensemble, one_step

from aslb.experiments.ensemble import cache, compiler, library
from aslb.experiments.ensemble.compiler import (
    NoCompiler,
    check_cache,
    compiled,
    find_compiler,
    lane_width,
)
from aslb.experiments.ensemble.model_functions import model_functions
from aslb.experiments.ensemble.source import source

needs_one = pytest.mark.skipif(find_compiler() is None, reason="needs a compiler")


def decay():
    x = pybamm.Variable("x")
    return built({x: -1.5 * x}, {x: pybamm.Scalar(1)})


def code():
    return source(model_functions(decay(), [], ["x"]), np.ones((1, 0)))


def solves():
    """Whether a model is compiled, loaded and solved."""
    made = ensemble(decay(), outputs=["x"], progress="x", width=1)
    found = made.solve(one_step(np.zeros((1, 0)), 1.0), rtol=1e-8, may_end=[])
    return found.outputs[0, 1, 0] == pytest.approx(np.exp(-1.5), rel=1e-6)


@pytest.fixture(autouse=True)
def nothing_known(tmp_path, monkeypatch):
    """A cache of its own, and nothing remembered of the compiler."""
    monkeypatch.setenv(cache.CACHE, str(tmp_path))
    monkeypatch.delenv(compiler.WIDTH, raising=False)
    quick = [flag for flag in compiler.FLAGS if flag not in ("-O2", "-march=native")]
    monkeypatch.setattr(compiler, "FLAGS", quick)
    remembered = find_compiler, compiler._version, compiler._processor, library._loaded
    for function in remembered:
        function.cache_clear()
    yield
    for function in remembered:
        function.cache_clear()


def script(path, text):
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_the_one_that_the_environment_names_is_looked_at_first(tmp_path, monkeypatch):
    own = script(tmp_path / "own", "exit 0")
    monkeypatch.setenv("CXX", f"{own} -fno-such")
    assert find_compiler() == (own, "-fno-such")


def test_one_that_is_not_there_is_passed_over(tmp_path, monkeypatch):
    clang = script(tmp_path / "clang++", "exit 0")
    monkeypatch.setenv("CXX", str(tmp_path / "none"))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_compiler() == (os.path.basename(clang),)


def test_without_a_compiler_there_is_none(tmp_path, monkeypatch):
    monkeypatch.delenv("CXX", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(compiler, "find_spec", lambda name: None)
    assert find_compiler() is None
    with pytest.raises(NoCompiler, match=r"^no C\+\+ compiler$"):
        compiled(code(), 1)


def test_the_one_that_pip_installs_is_the_last(tmp_path, monkeypatch):
    monkeypatch.delenv("CXX", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(compiler, "find_spec", lambda name: name == "ziglang")
    assert find_compiler()[1:] == ("-m", "ziglang", "c++")


def test_one_that_fails_says_why_in_a_line(tmp_path, monkeypatch):
    own = script(tmp_path / "own", "echo no more >&2; echo second >&2; exit 3")
    monkeypatch.setenv("CXX", own)
    with pytest.raises(NoCompiler, match=f"^{own} failed: no more$"):
        compiled(code(), 1)
    assert not list(tmp_path.rglob("*.so"))


def test_one_that_fails_without_a_word_is_told_too(tmp_path, monkeypatch):
    monkeypatch.setenv("CXX", script(tmp_path / "own", "exit 3"))
    with pytest.raises(NoCompiler, match=r"failed: no message$"):
        compiled(code(), 1)


@needs_one
def test_a_disk_that_is_full_is_as_good_as_no_compiler(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.CACHE, str(tmp_path))

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(compiler, "_link", full)
    with pytest.raises(NoCompiler, match=r"cannot be written \(.*No space left"):
        compiled(code(), 1)


@pytest.mark.parametrize("asked", ["3", "16", "", "four"])
def test_a_width_that_there_is_no_code_for_is_refused(asked, monkeypatch):
    monkeypatch.setenv(compiler.WIDTH, asked)
    with pytest.raises(NoCompiler, match=f"={asked}; accepted: 1, 2, 4 or 8"):
        lane_width()


@pytest.mark.parametrize(
    ("flags", "width"),
    [
        ("sse2 avx2 avx512f", 8),
        ("sse2 avx2", 4),
        ("sse2", 2),
        ("asimd", 2),
        ("", 1),
    ],
)
def test_the_width_is_what_the_processor_has(flags, width, monkeypatch):
    monkeypatch.setattr(compiler, "_processor", lambda: flags)
    assert lane_width() == width
    monkeypatch.setenv(compiler.WIDTH, "1")
    assert lane_width() == 1
    if width < 8:
        monkeypatch.setenv(compiler.WIDTH, "8")
        with pytest.raises(NoCompiler, match=f"8 lanes, and this machine has {width}"):
            lane_width()
        with pytest.raises(NoCompiler, match=f"8 lanes, and this machine has {width}"):
            compiled(code(), 8)


@needs_one
def test_a_library_appears_whole_whoever_asks(tmp_path):
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        asked = [pool.submit(compiled, code(), 1) for _ in range(2)]
        while not all(future.done() for future in asked):
            whole = [cache.is_whole(path) for path in tmp_path.rglob("*[!y].so")]
            assert all(whole)
            time.sleep(0.01)
        first, second = (future.result() for future in asked)
    assert first == second
    assert [*first.parent.glob("*.so")] == [first]
    assert solves()


@needs_one
def test_what_was_made_is_not_made_again(monkeypatch):
    path = compiled(code(), 1)
    monkeypatch.setattr(compiler, "_call", lambda command: pytest.fail(str(command)))
    assert compiled(code(), 1) == path
    assert solves()


DAMAGES = {
    "nothing left": lambda content: b"",
    "cut": lambda content: content[: len(content) // 2],  # a bus error, were it loaded
    "another file": lambda content: b"not a library" * 100,
    "a bit": lambda content: (
        content[:4000] + bytes([content[4000] ^ 1]) + content[4001:]
    ),
}


@needs_one
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_library_is_replaced(damage):
    path = compiled(code(), 1)
    whole = path.read_bytes()
    path.write_bytes(DAMAGES[damage](whole))
    assert not cache.is_whole(path)
    assert solves()
    assert cache.is_whole(path)


@needs_one
def test_one_that_cannot_be_loaded_is_made_again_once(monkeypatch):
    path = compiled(code(), 1)
    before = path.stat().st_ino
    load, failing = library.ctypes.CDLL, [True]

    def refusing(name):
        if failing:
            failing.pop()
            raise OSError("version `GLIBC_9.9' not found")
        return load(name)

    monkeypatch.setattr(library.ctypes, "CDLL", refusing)
    assert solves()
    assert path.stat().st_ino != before


@needs_one
def test_one_that_cannot_be_loaded_at_all_is_as_good_as_no_compiler(monkeypatch):
    def refusing(name):
        raise OSError("failed to map segment")

    monkeypatch.setattr(library.ctypes, "CDLL", refusing)
    with pytest.raises(NoCompiler, match="cannot be loaded: failed to map segment"):
        solves()


def other():
    x = pybamm.Variable("x")
    return built({x: -3 * x**2}, {x: pybamm.Scalar(1)})


@needs_one
def test_the_library_of_another_model_is_replaced():
    path = compiled(code(), 1)
    of_other = compiled(source(model_functions(other(), [], ["x"]), np.ones((1, 0))), 1)
    assert of_other != path
    of_other.replace(path)
    assert not cache.is_whole(path)
    assert solves()
    assert cache.is_whole(path)


@needs_one
def test_the_folder_is_the_users_alone(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.CACHE, str(tmp_path / "named" / "cache"))
    folder = compiled(code(), 1).parent
    assert folder == tmp_path / "named" / "cache" / "ensemble"
    for made in (folder, folder.parent):
        assert stat.S_IMODE(made.stat().st_mode) == 0o700


@needs_one
def test_one_that_others_can_look_into_is_closed(tmp_path):
    folder = tmp_path / "ensemble"
    folder.mkdir(mode=0o755)
    compiled(code(), 1)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("inner", ["", "ensemble"])
@pytest.mark.parametrize("mode", [0o770, 0o702, 0o1777])
def test_a_folder_that_others_can_write_to_is_refused(
    inner, mode, tmp_path, monkeypatch
):
    monkeypatch.setattr(compiler, "_call", lambda command: pytest.fail(str(command)))
    folder = tmp_path / inner
    folder.mkdir(exist_ok=True)
    folder.chmod(mode)
    said = f"^{folder} can be written to by others, .*; accepted: a folder of your own"
    with pytest.raises(NoCompiler, match=said):
        compiled(code(), 1)
    with pytest.raises(NoCompiler, match=said):
        check_cache()


@pytest.mark.parametrize("inner", ["", "ensemble"])
def test_a_folder_of_another_user_is_refused(inner, tmp_path, monkeypatch):
    monkeypatch.setattr(compiler, "_call", lambda command: pytest.fail(str(command)))
    folder = tmp_path / inner
    folder.mkdir(exist_ok=True)
    stat_of = type(folder).stat

    def of_another(path, **options):
        found = stat_of(path, **options)
        if path != folder:
            return found
        return SimpleNamespace(st_uid=found.st_uid + 1, st_mode=found.st_mode)

    monkeypatch.setattr(type(folder), "stat", of_another)
    said = f"^{folder} belongs to another user, .*; accepted: a folder of your own"
    with pytest.raises(NoCompiler, match=said):
        compiled(code(), 1)
    with pytest.raises(NoCompiler, match=said):
        check_cache()


def test_a_folder_that_is_not_there_is_no_danger(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.CACHE, str(tmp_path / "none"))
    check_cache()
    assert not (tmp_path / "none").exists()
