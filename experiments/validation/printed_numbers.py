"""The numbers that the reference paper prints."""

from aslb.parameters.cells.cao2021.printed import paper_numbers

__all__ = ["paper_numbers"]
