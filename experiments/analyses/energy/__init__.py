"""Wh/kg and Wh/L, with what is counted said."""
