"""Four cells that differ in their grains of electrolyte, after Schlautmann 2023."""
