"""Charge transfer at particles of two sizes, at the mean current of the cathode."""

from __future__ import annotations

from aslb.models.submodels.averaged_interphase_kinetics import (
    AveragedInterphaseKinetics,
)
from aslb.models.submodels.two_size_kinetics import TwoSizeKinetics


class AveragedTwoSizeKinetics(TwoSizeKinetics, AveragedInterphaseKinetics):
    """One state for all depths: how the sizes share the current that is given.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    _x_average = True
