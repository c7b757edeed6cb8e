"""Cells of D. Cao et al. 2026: LCO + Li6PS5Cl with films of Li6PS5Cl."""
