"""Calls of a compiled model."""

from __future__ import annotations

import ctypes
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from aslb.experiments.ensemble.model_functions import ModelFunctions


class _Problem(ctypes.Structure):
    _fields_ = [
        *((n, ctypes.c_int64) for n in ("points", "cycles", "fractions", "progress", "threads", "method")),
        *((n, ctypes.c_double) for n in ("rtol", "first_step", "most_steps")),
        *((n, ctypes.c_void_p) for n in (
            "constants", "tolerances", "reset_step", "reset_cycle", "may_end", "first_step_of",
            "inputs", "duration", "timed", "cycle", "kind", "half", "number_of", "fraction", "start")),
    ]


class _Answer(ctypes.Structure):
    _fields_ = [(n, ctypes.c_void_p) for n in (
        "status", "event", "time", "outputs", "read", "same_as", "end", "counted", "stop")]
