"""What can be wrong with what a user asks for."""


class InputError(ValueError):
    """A request that cannot be carried out, said in one line."""
