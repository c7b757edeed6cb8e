"""What a cell is: the equations, as PyBaMM models and submodels."""

from .solid_state_dfn import SolidStateDFN
from .solid_state_spm import SolidStateSPM

__all__ = ["SolidStateDFN", "SolidStateSPM"]
