"""A few unknowns fitted to measured data, and how sure they are."""
