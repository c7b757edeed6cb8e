"""The error of the meshes falls with the square of their cells' width.

By manufactured solutions: a solution is chosen, the source that makes it one is worked
out, and the equations are solved with it on finer and finer meshes (P. J. Roache,
J. Fluids Eng. 2002, 124, 4, doi:10.1115/1.1436090). Orders in time are held in
test_ensemble_closed_forms.py.
"""

import pytest
from manufactured import CELLS, conduction, diffusion, order


@pytest.mark.parametrize("problem", [conduction, diffusion])
def test_the_error_falls_with_the_square_of_the_width(problem):
    errors = [problem(cells) for cells in CELLS]
    assert order(errors) > 1.9
    assert errors[1] < 2e-2
