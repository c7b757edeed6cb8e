"""The cells that ship with the package, a folder a paper."""
