"""The three cells of Cao et al. 2021: composition, printed numbers, fit."""
