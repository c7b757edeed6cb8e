"""The reference paper read critically: its numbers recomputed from one another."""
