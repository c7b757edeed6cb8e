"""
What limits which cell
======================

Where does the voltage of published cells go? Each is discharged at C/5, and half-way
the voltage is taken apart: the losses add up to what is missing to the open-circuit
voltage.
"""

import matplotlib.pyplot as plt

from aslb import Study, cccv
from aslb.parameters.cells.shipped import SHIPPED

data = Study(
    list(SHIPPED), cccv, {"c_rate": [0.2]}, losses_at_depth=[0.5], model="SolidStateSPM"
).run()

# %%
# One name a component. The single-particle model is enough to compare cells at this
# rate; leave it out for the porous-electrode one.

end = " loss at 0.5 [V]"
names = [name for name in data if name.endswith(end)]
losses = data[names].squeeze().to_dataframe()[names] * 1e3  # mV
losses.columns = [name.removesuffix(end) for name in names]
losses.idxmax(axis="columns").to_frame("largest loss")

# %%
# Of the three reference cells charge transfer is the largest single loss. The thick and
# the thin halide cell differ by separator and contact of the foil, which together cost
# the thick one more than charge transfer. Most values of the other cells are assumed:
# what their papers do not say is on the pages of each cell.

together = ["Separator", "Anode interface"]
print(losses.loc["Cao2021_thick_halide", together].sum().round(), "mV")

# %%
# A bar a cell, the losses side by side.

plt.style.use("aslb.experiments.output.journal")
figure, axes = plt.subplots(figsize=(7.2, 3.6))
losses[::-1].plot.barh(stacked=True, ax=axes, width=0.8)
axes.set(xlabel="Voltage loss half-way through a discharge at C/5 [mV]", ylabel="")
axes.legend()
