"""Materials: what the literature knows of each, without a fit and without a cell."""
