"""
From a rate test to a cell with bands
=====================================

What does your own rate test say of a cell, and how sure is that? A CSV file has a row
for each rate, in the order as run; columns ``cycles`` and ``uncertainty_mAh_g`` may be
added. These are the capacities that Cao et al. (2021) print of their thin cell; put
yours there.
"""

from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd

from aslb import Cell, Study, calibrate, cccv, with_bands

RATES = """\
c_rate,discharge_capacity_mAh_g
0.05,178
0.1,179
0.2,165
0.5,134
1,124
"""
Path("rates.csv").write_text(RATES)
measured = pd.read_csv("rates.csv")
fit = calibrate(
    Cell("Cao2021_thin_halide"), "rates.csv", starts=4, model="SolidStateSPM"
)

# %%
# Each unknown with its interval. What the data cannot tell has an interval as wide as
# what was known before: five capacities know little of diffusion.

fit.posterior.table()[["name", "value", "lower", "upper", "range_lower", "range_upper"]]

# %%
# The calibrated cell is a cell as any other: ``fit.cell.save("fitted.toml")`` keeps it,
# and every command takes it. Its samples give bands to any study, also where nothing
# was measured. These hold 90 %, with the error of the model itself in them.

rates = [0.05, 0.1, 0.2, 0.5, 1, 1.5, 2]
study = Study(fit.cell, cccv(), {"c_rate": rates}, model="SolidStateSPM", bands=64)
data = with_bands(study.run(), study)

capacity = data.discharge_capacity
plt.style.use("aslb.experiments.output.journal")  # a column of a journal wide
figure, axes = plt.subplots()
ends = data.discharge_capacity_lower, data.discharge_capacity_upper
axes.fill_between(rates, *ends, alpha=0.25, label="90 % band")
axes.plot(rates, capacity, label="fitted")
axes.plot(*measured.to_numpy().T, "ko", ms=3, label="measured")
axes.set(xlabel="C-rate", ylabel="Discharge capacity [mAh/g]", ylim=(0, None))
axes.legend()
