"""Rate capability of cells as built."""
