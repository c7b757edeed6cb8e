"""Cells of E. Schlautmann et al. 2023: NMC83 with Li6PS5Cl of four sizes."""
