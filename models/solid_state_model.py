"""What the solid-state models share: options, parameters and most submodels."""

from __future__ import annotations

from typing import Any

import numpy as np
import pybamm
from typing_extensions import override

from aslb.models.discretisation.clustered_mesh import ClusteredMesh
from aslb.models.discretisation.concentration_dependent_diffusion import (
    ConcentrationDependentDiffusion,
)
from aslb.models.discretisation.scalable_mesh import ScalableMesh
from aslb.models.discretisation.varying_conductivity import VaryingConductivity
from aslb.models.solid_state_options import SolidStateOptions
from aslb.models.solid_state_parameters import SolidStateParameters
from aslb.models.stack import stack_submodels
from aslb.models.submodels.anode_inventory import AnodeInventory
from aslb.models.submodels.anode_open_circuit_potential import AnodeOpenCircuitPotential
from aslb.models.submodels.catholyte_oxidation import CatholyteOxidation
from aslb.models.submodels.charge_clock import CLOCK, ChargeClock
from aslb.models.submodels.composite_transport_efficiency import (
    CompositeTransportEfficiency,
)
from aslb.models.submodels.double_layer_lithium import DoubleLayerLithium
from aslb.models.submodels.lumped_temperature import LumpedTemperature
from aslb.models.submodels.ohmic_heating import OhmicHeating
from aslb.models.submodels.relaxing_foil_kinetics import RelaxingFoilKinetics
from aslb.models.submodels.two_size_diffusion import TwoSizeDiffusion
from aslb.models.submodels.two_size_open_circuit_potential import (
    TwoSizeOpenCircuitPotential,
)
from aslb.models.submodels.two_size_surface import TwoSizeSurface
from aslb.models.submodels.voltage_losses import LOSSES, VoltageLosses


class SolidStateModel(pybamm.lithium_ion.BaseModel):
    """Hooks shared by the solid-state models, to put before a PyBaMM model.

    Not a model by itself: see `SolidStateDFN` and `SolidStateSPM`.
    """

    x_average: bool  # whether one particle stands for all depths; PyBaMM sets it

    @override
    def _rebuild_param(self):
        self.param = SolidStateParameters(self.options)

    @property  # type: ignore[explicit-override] # mypy wants a getter alone
    @override
    def options(self):
        return super().options

    @options.setter
    def options(self, extra_options):
        if type(extra_options) is dict:  # of a file: PyBaMM's class knows none of ours
            extra_options = SolidStateOptions(extra_options)
        vars(pybamm.BaseBatteryModel)["options"].fset(self, extra_options)

    @property
    def _two_sizes(self) -> bool:
        return self.options["particle sizes"] == "two"

    @property
    def _relaxing(self) -> bool:
        return self.options["interface relaxation"] != "false"

    @property
    @override
    def default_parameter_values(self):
        return pybamm.ParameterValues("Cao2021_thin_halide")

    @property
    @override
    def default_submesh_types(self):
        return {
            **super().default_submesh_types,
            "negative electrode": ScalableMesh(pybamm.Uniform1DSubMesh),
            "separator": ScalableMesh(pybamm.Uniform1DSubMesh),
            # the reaction is at the separator if ions are slow, at the current
            # collector if electrons are (docs/mesh-convergence.md)
            "positive electrode": ScalableMesh(
                ClusteredMesh, {"ends": "both", "stretch": 1.75}
            ),
            # lithium piles up under the surface where diffusion slows down as a
            # particle fills
            "positive particle": ScalableMesh(
                ClusteredMesh, {"ends": "right", "stretch": 1.8}
            ),
        }

    @property
    @override
    def default_spatial_methods(self):
        methods = {
            **super().default_spatial_methods,
            "negative electrode": pybamm.FiniteVolume(),
            "separator": pybamm.FiniteVolume(),
            "positive electrode": VaryingConductivity(),
            "positive particle": ConcentrationDependentDiffusion(),
        }
        del methods["macroscale"]  # it would stand for all three layers
        return methods

    @property
    @override
    def default_var_pts(self):
        return {**super().default_var_pts, "x_p": 28, "r_p": 14}

    @property
    @override
    def default_quick_plot_variables(self):
        # Means only: PyBaMM draws profiles of several cells on the mesh of the first,
        # where a cell of another thickness has nothing. At most four lines a panel: it
        # has four line styles.
        losses = [f"{component} loss [V]" for component in LOSSES]
        return [
            "Current [A]",
            ["Voltage [V]", "Open-circuit voltage [V]"],
            "Negative electrode lithium-to-host ratio",
            [
                "Positive electrode stoichiometry",
                "X-averaged positive particle surface stoichiometry",
            ],
            losses[:4],  # foil to junction
            losses[4:6],  # along the cathode
            losses[6:],  # into its particles
        ]

    @override
    def set_active_material_submodel(self):
        super().set_active_material_submodel()
        if self._two_sizes:
            self.submodels["positive primary active material"] = TwoSizeSurface(
                self.param, self.options
            )

    def set_particle_submodel(self):
        super().set_particle_submodel()  # type: ignore[misc]
        if self._two_sizes:
            self.submodels["positive primary particle"] = TwoSizeDiffusion(
                self.param, self.options, self.x_average
            )

    @override
    def build_initial_state_mapper(self, from_model):
        return super().build_initial_state_mapper(from_model) * self._without_clock()

    @override
    def set_initial_conditions_from(
        self, solution, inputs=None, inplace=True, return_type="model", mesh=None
    ):
        found = super().set_initial_conditions_from(
            solution, inputs, inplace, return_type, mesh
        )
        if return_type != "ics":
            return found
        # PyBaMM's way from a step to one that does not come right after it
        conditions, concatenated = found
        return conditions, concatenated * self._without_clock()

    def _without_clock(self) -> pybamm.Array:
        """One for each state, zero for the clock: each step counts from zero."""
        size: Any = self.len_rhs_and_alg  # known once discretised
        places: Any = self.y_slices
        kept = np.ones((size, 1))
        for variable, parts in places.items():
            if variable.name == CLOCK:
                kept[parts[0]] = 0
        return pybamm.Array(kept)

    @override
    def set_thermal_submodel(self):
        super().set_thermal_submodel()
        if self.options["thermal"] == "lumped":
            self.submodels["thermal"] = LumpedTemperature(
                self.param, self.options, self.x_average
            )

    @override
    def set_transport_efficiency_submodels(self):
        for component in ("Electrolyte", "Electrode"):
            self.submodels[f"{component.lower()} transport efficiency"] = (
                CompositeTransportEfficiency(self.param, component, self.options)
            )

    @override
    def set_open_circuit_potential_submodel(self):
        super().set_open_circuit_potential_submodel()
        self.submodels["negative primary open-circuit potential"] = (
            AnodeOpenCircuitPotential(self.param, self.options)
        )
        if self._two_sizes:
            self.submodels["positive primary open-circuit potential"] = (
                TwoSizeOpenCircuitPotential(self.param, self.options, self.x_average)
            )

    def set_electrolyte_concentration_submodel(self):
        # Single-ion conductors: the lithium content of the electrolyte cannot change
        self.submodels["electrolyte diffusion"] = (
            pybamm.electrolyte_diffusion.ConstantConcentration(self.param, self.options)
        )

    @override
    def set_li_metal_counter_electrode_submodels(self):
        super().set_li_metal_counter_electrode_submodels()
        self._set_stack_submodels()
        self.submodels["anode inventory"] = AnodeInventory(self.param, self.options)
        self.submodels["charge clock"] = ChargeClock(self.param, self.options)
        self.submodels["voltage losses"] = VoltageLosses(self.param, self.options)
        self.submodels["ohmic heating"] = OhmicHeating(self.param, self.options)

    def _set_stack_submodels(self):
        self.submodels.update(stack_submodels(self.param, self.options))
        if self._relaxing:
            self.submodels["negative electrode interface"] = RelaxingFoilKinetics(
                self.param, self.options
            )
            del self.submodels["negative electrode interface current"]
            self.submodels["double layers"] = DoubleLayerLithium(
                self.param, self.options
            )

    @override
    def set_total_interface_submodel(self):
        self.submodels["total interface"] = CatholyteOxidation(self.param, self.options)

    @override
    def set_degradation_variables(self):
        # before PyBaMM takes stock
        self.variables["Total lithium in electrolyte [mol]"] -= self.variables[
            "Lithium lost from catholyte by oxidation [mol]"
        ]
        if self._relaxing:
            self.variables["Total lithium in electrolyte [mol]"] += self.variables[
                "Lithium in double layers [mol]"
            ]
        super().set_degradation_variables()
        # PyBaMM's half-cells leave the counter electrode's lithium out of the balance
        electrodes = (
            self.variables["Total lithium in positive electrode [mol]"]
            + self.variables["Total lithium in negative electrode [mol]"]
        )
        electrolyte = self.variables["Total lithium in electrolyte [mol]"]
        initial = self.param.n_Li_electrodes_init
        total_initial = initial + self.param.n_Li_e_init
        total = electrodes + electrolyte
        self.variables.update(
            {
                "Total lithium in electrodes [mol]": electrodes,
                "Total lithium in particles [mol]": electrodes,
                "Total lithium capacity in particles [A.h]": electrodes
                * self.param.F
                / 3600,
                "Total lithium [mol]": total,
                "Total lithium capacity [A.h]": total * self.param.F / 3600,
                "LLI [%]": (1 - electrodes / initial) * 100,
                "Loss of lithium inventory [%]": (1 - electrodes / initial) * 100,
                "Loss of lithium inventory, including electrolyte [%]": (
                    1 - total / total_initial
                )
                * 100,
                "Total lithium lost [mol]": total_initial - total,
                "Total lithium lost from particles [mol]": initial - electrodes,
            }
        )
