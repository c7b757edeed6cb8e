"""The Doyle-Fuller-Newman model of an all-solid-state cell."""

from __future__ import annotations

import pybamm
from typing_extensions import override

from aslb.models.solid_state_model import SolidStateModel
from aslb.models.solid_state_options import solid_state_options
from aslb.models.submodels.full_electronic_conduction import FullElectronicConduction
from aslb.models.submodels.full_interphase_kinetics import FullInterphaseKinetics
from aslb.models.submodels.full_relaxing_kinetics import FullRelaxingKinetics
from aslb.models.submodels.full_relaxing_two_size_kinetics import (
    FullRelaxingTwoSizeKinetics,
)
from aslb.models.submodels.full_single_ion_conduction import FullSingleIonConduction
from aslb.models.submodels.full_two_size_kinetics import FullTwoSizeKinetics
from aslb.models.zoo import citation


class SolidStateDFN(SolidStateModel, pybamm.lithium_ion.DFN):
    """Doyle-Fuller-Newman model of an all-solid-state half-cell.

    A planar foil (In-Li or Li) with a finite inventory, a solid-electrolyte separator
    whose drop is a closed form of its thickness, and a composite cathode of active
    particles in a solid catholyte, without carbon. Both electrolytes are single-ion
    conductors: there is no salt, so no equation for its concentration.

    Parameters
    ----------
    options : dict, optional
        PyBaMM options; those that may differ from PyBaMM's defaults are in
        `aslb.models.solid_state_options.SUPPORTED_OPTIONS`.
    name : str, optional
        Name of the model.
    build : bool, optional
        Whether to build the model on construction. Default is True.

    Raises
    ------
    pybamm.OptionError
        If an option asks for physics that the model does not have.

    Examples
    --------
    >>> import pybamm
    >>> model = pybamm.Model("SolidStateDFN")
    >>> model.name
    'Solid-state Doyle-Fuller-Newman model'

    References
    ----------
    .. [1] M. Doyle, T. F. Fuller, J. Newman, J. Electrochem. Soc. 1993, 140, 1526,
       doi:10.1149/1.2221597.
    """

    def __init__(
        self,
        options: dict | None = None,
        name: str = "Solid-state Doyle-Fuller-Newman model",
        build: bool = True,
    ):
        super().__init__(solid_state_options(options, type(self).__name__), name, build)
        pybamm.citations.register(citation("solid_state_dfn"))

    @override
    def set_intercalation_kinetics_submodel(self):
        kinetics = {
            (False, False): FullInterphaseKinetics,
            (False, True): FullRelaxingKinetics,
            (True, False): FullTwoSizeKinetics,
            (True, True): FullRelaxingTwoSizeKinetics,
        }[self._two_sizes, self._relaxing]
        self.submodels["positive interface"] = kinetics(self.param, self.options)

    @override
    def set_solid_submodel(self):
        self.submodels["positive electrode potential"] = FullElectronicConduction(
            self.param, self.options
        )

    @override
    def set_electrolyte_potential_submodel(self):
        self.submodels["electrolyte conductivity"] = FullSingleIonConduction(
            self.param, self.options
        )
        self.submodels["positive surface potential difference"] = (
            pybamm.electrolyte_conductivity.surface_potential_form.Explicit(
                self.param, "positive", self.options
            )
        )
