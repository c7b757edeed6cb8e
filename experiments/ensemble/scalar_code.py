"""Expressions as C++ in which a number is a register of lanes.

Each expression is taken apart into its operations. What does not depend on the states
is computed once for given inputs, and numbers are kept in a table beside the code, so
that cells that differ in their numbers share one code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import casadi

from aslb.experiments.ensemble.model_functions import NotGenerated

_UNARY = {
    "ASSIGN": "{0}",
    "NEG": "-{0}",
    "SQ": "{0}*{0}",
    "TWICE": "{0}+{0}",
    "INV": "V(1.0)/{0}",
    "NOT": "!{0}",
    "FABS": "fabs({0})",
}
_INFIX = {
    "ADD": "+",
    "SUB": "-",
    "MUL": "*",
    "DIV": "/",
    "LT": "<",
    "LE": "<=",
    "EQ": "==",
    "NE": "!=",
    "AND": "&&",
    "OR": "||",
}
_CALLS = {
    1: "exp log sqrt sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh "
    "floor ceil sign erf expm1 log1p",
    2: "fmin fmax pow hypot atan2 if_else_zero",
}
_TEMPLATES = (
    _UNARY
    | {name: f"{{0}}{sign}{{1}}" for name, sign in _INFIX.items()}
    | {name.upper(): f"{name}({{0}})" for name in _CALLS[1].split()}
    | {name.upper(): f"{name}({{0}},{{1}})" for name in _CALLS[2].split()}
    | {"CONSTPOW": "pow({0},{1})"}
)
TEMPLATES = {
    getattr(casadi, f"OP_{name}"): template for name, template in _TEMPLATES.items()
}
"""C++ of each operation of CasADi."""


@dataclass
class Operations:
    """A function taken apart.

    Each operand is a kind and a number: of a state, an input, a constant's use, or the
    operation whose result it is.
    """

    steps: list[tuple[int, tuple[tuple[str, int], ...]]] = field(default_factory=list)
    constants: list[float] = field(default_factory=list)
    results: list[tuple[str, int]] = field(default_factory=list)

    @property
    def form(self) -> tuple[Any, ...]:
        """What is the same for functions that differ in nothing."""
        return tuple(self.steps), tuple(self.constants), tuple(self.results)


def operations(y: Any, p: Any, results: Any) -> Operations:
    """Take expressions of states and inputs apart.

    Parameters
    ----------
    y, p : casadi.SX
        Symbols of the states and of the inputs.
    results : casadi.SX
        The expressions.

    Returns
    -------
    Operations
        Their operations, in order.

    Raises
    ------
    NotGenerated
        If there is an operation that has no code.
    """
    function = casadi.Function("f", [y, p], [casadi.cse(casadi.densify(results))])
    found = Operations()
    written: dict[int, tuple[str, int]] = {}
    register: dict[int, tuple[str, int] | float] = {}

    def operand(number: int) -> tuple[str, int]:
        held = register[number]
        if isinstance(held, tuple):
            return held
        found.constants.append(held)
        return "k", len(found.constants) - 1

    def done(code: int, operands: tuple[tuple[str, int], ...]) -> tuple[str, int]:
        found.steps.append((code, operands))
        return "w", len(found.steps) - 1

    def is_one_but_at_a_tie(divisor: tuple[str, int]) -> bool:
        # CasADi halves the derivative of a minimum where both are the same: either
        # derivative will do
        parts = found.steps[divisor[1]] if divisor[0] == "w" else (0, ())
        return parts[0] == casadi.OP_ADD and all(
            kind == "w" and found.steps[number][0] == casadi.OP_LE
            for kind, number in parts[1]
        )

    inverses: dict[tuple[str, int], tuple[str, int]] = {}
    for k in range(function.n_instructions()):
        code = function.instruction_id(k)
        to, of = function.instruction_output(k), function.instruction_input(k)
        if code == casadi.OP_CONST:
            register[to[0]] = function.instruction_constant(k)
        elif code == casadi.OP_INPUT:
            register[to[0]] = ("yp"[of[0]], of[1])
        elif code == casadi.OP_OUTPUT:
            written[to[1]] = operand(of[0])
        elif code in TEMPLATES:
            operands = tuple(operand(number) for number in of)
            if code == casadi.OP_DIV and is_one_but_at_a_tie(operands[1]):
                register[to[0]] = operands[0]
                continue
            if code == casadi.OP_DIV:  # a division costs as much as ten products
                if operands[1] not in inverses:
                    inverses[operands[1]] = done(casadi.OP_INV, operands[1:])
                code, operands = casadi.OP_MUL, (operands[0], inverses[operands[1]])
            register[to[0]] = done(code, operands)
        else:
            raise NotGenerated(f"no code for CasADi's operation {code}")
    found.results = [written[k] for k in range(results.numel())]
    return found


@dataclass
class Tables:
    """Numbers that stand beside the code, and how many are computed of the inputs."""

    constants: list[float] = field(default_factory=list)
    prepared: int = 0


class FunctionCode:
    """C++ of a function, in what is done once for given inputs and what each time.

    Parameters
    ----------
    found : Operations
        The function.
    tables : Tables
        Where its numbers are kept; those of several functions come one after another.
    """

    def __init__(self, found: Operations, tables: Tables, *, at_once: bool = False):
        self._found = found
        self._first = len(tables.constants)
        tables.constants += found.constants
        early = [False] * len(found.steps)
        for k, (_, operands) in enumerate(found.steps):
            early[k] = not any(
                kind == "y" or (kind == "w" and not early[number])
                for kind, number in operands
            )
        # of what is done early, what is asked for later
        asked = {
            number
            for k, (_, operands) in enumerate(found.steps)
            if not early[k]
            for kind, number in operands
            if kind == "w" and early[number]
        }
        asked |= {n for kind, n in found.results if kind == "w" and early[n]}
        asked = set() if at_once else asked
        self._slots = {n: tables.prepared + k for k, n in enumerate(sorted(asked))}
        tables.prepared += len(asked)
        self._early = early

    def prepared(self) -> list[str]:
        """Lines that compute from ``p`` and ``k`` what ``q`` keeps."""
        lines = self._lines(early=True)
        return lines + [f"q[{slot}]=w{n};" for n, slot in self._slots.items()]

    def body(self, targets: Sequence[str]) -> list[str]:
        """Lines that compute results from ``y``, ``p``, ``k`` and ``q``."""
        return self._written(targets, early=False)

    def whole(self, targets: Sequence[str]) -> list[str]:
        """Lines that compute results of inputs alone, all at once."""
        return self._written(targets, early=True)

    def _written(self, targets: Sequence[str], *, early: bool) -> list[str]:
        return self._lines(early=early) + [
            f"{target}={self._operand(result, early=early)};"
            for target, result in zip(targets, self._found.results, strict=True)
        ]

    def _lines(self, *, early: bool) -> list[str]:
        return [
            f"const V w{k}="
            + TEMPLATES[code].format(
                *(self._operand(of, early=early) for of in operands)
            )
            + ";"
            for k, (code, operands) in enumerate(self._found.steps)
            if self._early[k] == early
        ]

    def _operand(self, operand: tuple[str, int], *, early: bool) -> str:
        kind, number = operand
        if kind == "k":
            return f"V(k[{self._first + number}])"
        if kind == "w" and not early and self._early[number]:
            return f"q[{self._slots[number]}]"
        return f"w{number}" if kind == "w" else f"{kind}[{number}]"
