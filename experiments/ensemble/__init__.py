"""Many solutions of one PyBaMM model at once, in the lanes of vector registers."""
