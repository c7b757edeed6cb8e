"""
A study of 10 000 points
========================

How conductive must a membrane be that is as thick as yours? A map answers for all of
them: 100 thicknesses times 100 conductivities. All points run at once in compiled code,
on every core of the machine.
"""

from time import perf_counter

from aslb import Study, cccv, plot

study = Study(
    "Cao2021_thin_halide",
    cccv("C/5"),
    {
        "separator.thickness [um]": {"log": [10, 1000], "points": 100},
        "separator.conductivity [mS/cm]": {"log": [0.02, 2], "points": 100},
    },
    model="SolidStateSPM",
    quantities=["discharge_capacity"],
)
began = perf_counter()
data = study.run()  # .run("results/map") keeps each point, and goes on after a stop
print(f"{data.discharge_capacity.size} points in {perf_counter() - began:.0f} s")

# %%
# Lines of equal capacity run along equal resistance, thickness over conductivity: a
# membrane of half the conductivity has to be half as thick. Where the colour no longer
# changes the membrane is no limit any more. Open dots are cells that resist so much
# that their charge is at its cut-off from the start.

figure = plot(data)
