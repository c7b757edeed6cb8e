"""What is said of mistakes, a line each."""


def lines_of(error):
    """The lines of an error, none of which is empty, said twice or broken."""
    lines = str(error).split("\n")
    assert all(len(line.splitlines()) == 1 and line.strip() for line in lines), lines
    assert len(set(lines)) == len(lines)
    return lines
