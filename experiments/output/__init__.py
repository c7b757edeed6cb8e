"""Files that studies leave behind, and the style of figures."""
