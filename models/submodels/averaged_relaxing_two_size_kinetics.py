"""Relaxing kinetics of particles of two sizes, at the mean current of the cathode."""

from __future__ import annotations

from aslb.models.submodels.averaged_interphase_kinetics import (
    AveragedInterphaseKinetics,
)
from aslb.models.submodels.relaxing_two_size_kinetics import RelaxingTwoSizeKinetics


class AveragedRelaxingTwoSizeKinetics(
    RelaxingTwoSizeKinetics, AveragedInterphaseKinetics
):
    """One particle of each size stands for all depths, with what its surface has.

    Parameters
    ----------
    param : SolidStateParameters
        The parameters of the model.
    options : dict-like
        The options of the model.
    """

    _x_average = True
