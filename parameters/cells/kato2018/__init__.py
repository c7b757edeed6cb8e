"""Cells of Y. Kato et al. 2018: coated LCO with carbon, thin and thick."""
