"""Protocols solved fast: from an experiment to the numbers of its cycles."""
