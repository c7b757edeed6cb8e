"""Which cell meets what is asked, how thick its membrane may be, what must improve."""
