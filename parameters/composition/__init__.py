"""A cell composed of layers, foil, interfaces and conditions."""
