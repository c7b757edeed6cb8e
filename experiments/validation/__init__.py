"""Cells with printed numbers against the model."""
