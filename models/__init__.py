"""What a cell is: the equations, as PyBaMM models and submodels."""

from aslb.models.solid_state_dfn import SolidStateDFN
from aslb.models.solid_state_spm import SolidStateSPM
from aslb.models.start_voltage import take_start_voltages_against_the_foil

__all__ = ["SolidStateDFN", "SolidStateSPM"]

take_start_voltages_against_the_foil()
