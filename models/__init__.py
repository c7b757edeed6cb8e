"""What a cell is: the equations, as PyBaMM models and submodels."""

from aslb.models.solid_state_dfn import SolidStateDFN
from aslb.models.solid_state_spm import SolidStateSPM

__all__ = ["SolidStateDFN", "SolidStateSPM"]
