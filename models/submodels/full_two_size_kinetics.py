"""Charge transfer at particles of two sizes, at every depth of the cathode."""

from __future__ import annotations

from aslb.models.submodels.full_interphase_kinetics import FullInterphaseKinetics
from aslb.models.submodels.two_size_kinetics import TwoSizeKinetics


class FullTwoSizeKinetics(TwoSizeKinetics, FullInterphaseKinetics):
    """Mean current density and its share between the sizes are states at each depth.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    _x_average = False
