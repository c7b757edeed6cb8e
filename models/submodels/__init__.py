"""Submodels of a solid-state cell, one class a file."""
