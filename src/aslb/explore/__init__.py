"""The page of `aslb explore`: a state, what the models answer, and how it is drawn."""
