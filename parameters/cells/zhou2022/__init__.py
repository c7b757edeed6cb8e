"""A cell with Li2In1/3Sc1/3Cl4 as catholyte."""
