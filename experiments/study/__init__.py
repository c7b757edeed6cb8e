"""Studies of many points: definition, file, store and results."""
