"""Contents of study files that are sound."""

VALID = {
    "cells": ["Cao2021_thin_halide"],
    "model": "SolidStateSPM",
    "protocol": {"upper_cutoff_V": 4.2},
    "vary": {
        "membrane thickness [um]": {"log": [20, 1000], "points": 3},
        "c_rate": [0.1, 1.0],
    },
    "outputs": {
        "quantities": ["discharge_capacity", "specific_energy"],
        "boundaries": ["cathode+membrane"],
        "losses_at_depth": [0.5],
    },
}
RATE_TEST = {
    **VALID,
    "protocol": {"name": "rate_test", "rates": [[0.1, 2], [1, 1]]},
    "vary": {"membrane thickness [um]": {"log": [20, 1000], "points": 2}},
}
