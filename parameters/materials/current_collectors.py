"""Current-collector foils: no part of the reference cells, but of any real one."""

from __future__ import annotations

from aslb.parameters.tables import literature

FOILS = literature("Current collectors")
"""Aluminium behind the cathode and copper behind the anode, by PyBaMM name.

The paper's cells are pressed between steel rods, and its energy densities count no
collector, so that the thicknesses are a design and enter no equation of the model.
"""
