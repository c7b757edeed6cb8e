"""Meshes and spatial methods of a solid-state cell."""
