"""Relaxing kinetics of particles of two sizes, at every depth of the cathode."""

from __future__ import annotations

from aslb.models.submodels.full_interphase_kinetics import FullInterphaseKinetics
from aslb.models.submodels.relaxing_two_size_kinetics import RelaxingTwoSizeKinetics


class FullRelaxingTwoSizeKinetics(RelaxingTwoSizeKinetics, FullInterphaseKinetics):
    """Mean current density and what charges either size are states, at each depth.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    _x_average = False
