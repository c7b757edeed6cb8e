"""How thin must the membrane be."""
