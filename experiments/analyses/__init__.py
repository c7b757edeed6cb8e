"""Questions asked of a cell, each a study and arithmetic on its results."""
