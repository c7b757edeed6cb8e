"""A cell with Li3YCl6 as catholyte and a lithium foil, at 60 °C."""
