"""Cells of other laboratories: predicted before they are compared."""
