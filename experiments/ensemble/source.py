"""The C++ of a model: residual, Jacobian, factors, events and outputs over lanes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import casadi
import numpy as np

from aslb.experiments.ensemble.elimination import EliminationCode, elimination
from aslb.experiments.ensemble.model_functions import ModelFunctions
from aslb.experiments.ensemble.repeated_blocks import repeated_blocks
from aslb.experiments.ensemble.scalar_code import FunctionCode, Tables, operations

FUNCTIONS = {
    "initial": "const double*k,const V*p,V*y",
    "prepare": "const double*k,const V*p,V*q",
    "residual": "const double*k,const V*y,const V*p,const V*q,V*f",
    "jacobian": "const double*k,const V*y,const V*p,const V*q,V*f,V*a",
    "events": "const double*k,const V*y,const V*p,const V*q,V*e",
    "outputs": "const double*k,const V*y,const V*p,const V*q,V*o",
    "factor": "V*a",
    "solve": "const V*a,V*b",
}
"""What the integrator calls, with arguments."""

TINY = 1e-12  # of a pivot, in the units of the model

MOST_LINES = 1500  # of one C++ function where it can be cut, for the compiler's sake


@dataclass(frozen=True)
class Source:
    """Code of a model, and the numbers that stand beside it.

    Parameters
    ----------
    header : str
        Sizes and declarations.
    parts : tuple of str
        Units to compile, which need the header before them.
    constants : numpy.ndarray
        Numbers that the code reads; they are not part of it.
    """

    header: str
    parts: tuple[str, ...]
    constants: np.ndarray


def source(model: ModelFunctions, samples: np.ndarray) -> Source:
    """Write the code of a model.

    Parameters
    ----------
    model : ModelFunctions
        The model.
    samples : numpy.ndarray
        Inputs, a row each, that tell which pivots may be zero.

    Returns
    -------
    Source
        The code.

    Raises
    ------
    NotGenerated
        If there is none for this model.
    """
    return _Writer(model, samples).source()


class _Writer:
    """Writes one model; keeps where each entry of the Jacobian is."""

    def __init__(self, model: ModelFunctions, samples: np.ndarray):
        self.model = model
        self.blocks = repeated_blocks(model)
        looped = [block.rows.ravel() for block in self.blocks]
        self.rest = np.setdiff1d(np.arange(len(model.mass)), np.hstack([[], *looped]))
        self.tables = Tables()
        self.prepared: list[str] = []
        self.functions: dict[str, list[str]] = {}  # of one repetition
        residual = self._selected(model.residual, self.rest)
        self.jacobian = casadi.jacobian(residual, model.y)
        self.places = self._places()
        self.eliminated = EliminationCode(self._pivots(samples), self.places)

    def source(self) -> Source:
        model = self.model
        first = FunctionCode(
            operations(model.y, model.p, model.initial), self.tables, at_once=True
        )
        rest = self._selected(model.residual, self.rest)
        entries = casadi.vertcat(*self.jacobian.nonzeros())
        into = [f"f[{row}]" for row in self.rest.astype(int)]
        places = [f"a[{k}]" for k in range(self.jacobian.nnz())]
        zeros = [f"a[{place}]=V(0.0);" for place in self._added()]
        bodies = {
            "initial": first.whole([f"y[{k}]" for k in range(len(model.mass))]),
            "residual": self._code(model.y, rest, into) + self._loops("residual"),
            "jacobian": self._code(
                model.y, casadi.vertcat(rest, entries), into + places
            )
            + self._loops("jacobian")
            + zeros,
            "events": self._code(model.y, model.events, _numbered("e", model.events)),
            "outputs": self._code(
                model.y, model.outputs, _numbered("o", model.outputs)
            ),
        }
        bodies["prepare"] = self.prepared  # what all the others ask for
        code = {name: _function(name, lines) for name, lines in bodies.items()}
        code["factor"] = _cut("factor", self.eliminated.factor)
        code["solve"] = _cut("solve", self.eliminated.solve)
        for name, lines in self.functions.items():
            code[name] = _function(name, lines, name.split("_")[0])
        units = (
            ("residual_block", "residual", "events", "outputs", "initial", "prepare"),
            ("jacobian_block", "jacobian"),
            ("factor", "solve"),
        )
        parts = [
            "".join(
                text
                for name, text in sorted(code.items(), key=_blocks_first)
                if _unit(name) in unit
            )
            for unit in units
        ]
        return Source(self._header(), tuple(parts), np.array(self.tables.constants))

    def _places(self) -> dict[tuple[int, int], int]:
        rows, columns = self.jacobian.sparsity().get_triplet()
        own = self.rest.astype(int).tolist()
        where = zip([own[row] for row in rows], columns, strict=True)
        places = {place: k for k, place in enumerate(where)}
        for block in self.blocks:
            for own, used in zip(block.rows, block.columns, strict=True):
                for row, column in block.entries:
                    places[int(own[row]), int(used[column])] = len(places)
        self._entries = len(places)
        for k in np.flatnonzero(self.model.mass).tolist():
            places.setdefault((k, k), len(places))
        return places

    def _added(self) -> range:
        """Places on the diagonal that hold the mass matrix only."""
        return range(self._entries, len(self.places))

    def _pivots(self, samples: np.ndarray) -> Any:
        model = self.model
        diagonal = casadi.diag(casadi.jacobian(model.residual, model.y))
        at = casadi.Function(
            "diagonal", [model.p], [casadi.substitute(diagonal, model.y, model.initial)]
        )
        values = np.array([np.asarray(at(p).full()).ravel() for p in samples])
        weak = (model.mass == 0) & (np.abs(values) < TINY).any(axis=0)
        rows, columns = map(np.array, zip(*self.places, strict=True))
        return elimination(rows, columns, len(model.mass), weak)

    def _code(self, y: Any, results: Any, targets: Sequence[str]) -> list[str]:
        made = FunctionCode(operations(y, self.model.p, results), self.tables)
        self.prepared += ["{", *made.prepared(), "}"]
        return made.body(targets)

    def _loops(self, name: str) -> list[str]:
        lines, first = [], self.jacobian.nnz()
        for number, block in enumerate(self.blocks):
            repeated, length = block.rows.shape
            own = f"{name}_block{number}"
            into = [f"f[{k}]" for k in range(length)]
            results, more = block.residual, f"f+{block.rows[0, 0]}+b*{length}"
            if name == "jacobian":
                results = casadi.vertcat(results, block.jacobian)
                into += [f"a[{k}]" for k in range(block.jacobian.numel())]
                more += f",a+{first}+b*{block.jacobian.numel()}"
            self.functions[own] = self._code(block.y, results, into)
            columns = ",".join(map(str, block.columns.ravel().tolist()))
            width = block.columns.shape[1]
            lines += [
                f"{{static const int at[]={{{columns}}}; V of[{width}];",
                f"for(int b=0;b<{repeated};b++){{",
                f"for(int j=0;j<{width};j++) of[j]=y[at[b*{width}+j]];",
                f"{own}(k,of,p,q,{more});}}}}",
            ]
            first += repeated * block.jacobian.numel()
        return lines

    def _header(self) -> str:
        model = self.model
        numbers = {
            "STATES": len(model.mass),
            "INPUTS": model.p.numel(),
            "PREPARED": max(self.tables.prepared, 1),
            "ENTRIES": len(self.eliminated.places),
            "EVENTS": model.events.numel(),
            "OUTPUTS": model.outputs.numel(),
            "VARIABLES": len(model.variables),
        }
        jacobian = casadi.jacobian_sparsity(
            casadi.vertcat(model.residual, model.events), model.y
        )
        diagonal = [
            self.eliminated.places[k, k] if mass else -1
            for k, mass in enumerate(model.mass)
        ]
        used = np.isin(np.arange(len(model.mass)), jacobian.get_triplet()[1])
        tables = {
            "double MASS": model.mass,
            "int DIAGONAL": diagonal,
            "int FEEDS_BACK": used.astype(int),
            "int FIRST": [place.start for place in model.variables],
            "int LAST": [place.stop for place in model.variables],
        }
        lines = [f"static const int {name}={n};" for name, n in numbers.items()]
        for name, values in tables.items():
            listed = ",".join(map(str, np.array(values).tolist()))
            lines.append(f"static const {name}[]={{{listed}}};")
        lines += [f"void {name}({of});" for name, of in FUNCTIONS.items()]
        return "\n".join(lines) + "\n"

    @staticmethod
    def _selected(rows: Any, which: np.ndarray) -> Any:
        return casadi.vertcat(*(rows[int(k)] for k in which))


def _numbered(name: str, values: Any) -> list[str]:
    return [f"{name}[{k}]" for k in range(values.numel())]


def _function(name: str, lines: Sequence[str], kind: str = "") -> str:
    kept = "static " if kind else ""
    body = "\n".join(lines)
    return f"{kept}void {name}({FUNCTIONS[kind or name]}){{\n{body}\n}}\n"


def _cut(name: str, lines: Sequence[str]) -> str:
    """A function of several, each short enough to be compiled quickly."""
    parts = [lines[k : k + MOST_LINES] for k in range(0, len(lines), MOST_LINES)]
    text = "".join(_function(f"{name}_{k}", part, name) for k, part in enumerate(parts))
    called = ",".join(word.split("*")[-1] for word in FUNCTIONS[name].split(","))
    return text + _function(name, [f"{name}_{k}({called});" for k in range(len(parts))])


def _unit(name: str) -> str:
    return name.rstrip("0123456789")


def _blocks_first(item: tuple[str, str]) -> bool:
    return "_block" not in item[0]
