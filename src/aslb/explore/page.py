"""The page, as marimo runs it: `aslb explore`, or `marimo run` with this file."""

import marimo

app = marimo.App(width="full", app_title="aslb explore")


@app.cell
def imports():
    """What the other cells use."""
    import marimo as mo

    from aslb.errors import InputError
    from aslb.experiments.c_rate import rate_of
    from aslb.explore import panels, tables
    from aslb.explore.offer import Shared
    from aslb.explore.sliders import scales_of
    from aslb.explore.state import FILE, RATES_OFFERED, State, spoken, state_of
    from aslb.models.registry import DFN, SPM

    offer = Shared.offer
    return (
        DFN,
        FILE,
        InputError,
        RATES_OFFERED,
        SPM,
        State,
        mo,
        offer,
        panels,
        rate_of,
        scales_of,
        spoken,
        state_of,
        tables,
    )


@app.cell
def asked(InputError, State, mo, offer, state_of):
    """What the link asks for."""
    try:
        first = state_of(mo.query_params().to_dict(), offer.cells)
        refused = None
    except InputError as error:
        first = State(next(iter(offer.cells)))
        refused = mo.callout(f"{error} (shown instead: {first.cell})", kind="danger")
    mo.output.replace(refused)
    return (first,)


@app.cell
def cell_choice(first, mo, offer):
    """Which cell."""
    choice = mo.ui.dropdown([*offer.cells], value=first.cell, full_width=True)
    reset = mo.ui.button(label="As built", value=0, on_click=lambda times: times + 1)
    at_rest = mo.ui.switch(value=True, label="DFN on release")
    get_slow, set_slow = mo.state(None)
    return at_rest, choice, get_slow, reset, set_slow


@app.cell
def built(SPM, choice, mo, offer):
    """The cell, built before it is asked."""
    name = choice.value
    if not offer.is_built(name, SPM):
        with mo.status.spinner(f"Building the models of {name}: some seconds"):
            offer.built(name, SPM)
    return (name,)


@app.cell
def controls(RATES_OFFERED, first, mo, name, offer, panels, reset, scales_of, spoken):
    """Sliders and rates, where the link or the cell has them."""
    cell = offer.cells[name]
    scales = scales_of(cell)
    linked = name == first.cell and reset.value == 0
    start = first.values if linked else {}
    sliders = mo.ui.dictionary(
        {
            key: mo.ui.slider(
                steps=sorted({*scale.steps, start.get(key, scale.stop)}),
                value=start.get(key, scale.stop),
                label=panels.spoken_only(scale.slider.label),
                full_width=True,
            )
            for key, scale in scales.items()
        }
    )
    # as text: a cell that names the sliders runs again whenever one moves
    panel = "".join(
        panels.slider_panel(scale, sliders[key]) for key, scale in scales.items()
    )
    words = [spoken(rate) for rate in sorted({*RATES_OFFERED, *first.c_rates})]
    rates = mo.ui.multiselect(
        words,
        value=[spoken(rate) for rate in first.c_rates],
        max_selections=8,
        full_width=True,
    )
    return cell, panel, rates, scales, sliders


@app.cell
def loss_rate(first, mo, rates, spoken):
    """The rate whose losses are shown."""
    _words = rates.value or [spoken(1.0)]
    _usual = spoken(first.losses_at)
    losses_at = mo.ui.dropdown(
        _words, value=_usual if _usual in _words else _words[-1], full_width=True
    )
    return (losses_at,)


@app.cell
def moved(
    DFN,
    SPM,
    State,
    at_rest,
    losses_at,
    mo,
    name,
    offer,
    rate_of,
    rates,
    scales,
    set_slow,
    sliders,
):
    """What is set now, and the answers: at once, and when nothing moves.

    Few cells run when a slider moves: each costs ten messages to the browser.
    """
    state = State(
        name,
        {
            key: value
            for key, value in sliders.value.items()
            if value != scales[key].stop
        },
        tuple(sorted(map(rate_of, rates.value or [losses_at.value]))),
        rate_of(losses_at.value),
    )
    quick = offer.answer(state, SPM)
    # all that the thread uses is handed over: marimo takes a cell's names away
    # when it runs the cell again
    _given = (state, DFN if at_rest.value else None, set_slow)
    mo.Thread(target=offer.when_at_rest, args=_given, daemon=True).start()
    return quick, state


@app.cell
def address(get_slow, mo):
    """The link of what is shown, in the browser's line of address."""
    _rested = get_slow()
    if _rested is not None:
        _query, _said = mo.query_params(), _rested[0].query()
        for _key in [key for key in _query.to_dict() if key not in _said]:
            _query.remove(_key)
        for _key, _value in _said.items():
            if _query.get(_key) != _value:
                _query.set(_key, _value)
    return


@app.cell
def side(at_rest, choice, losses_at, mo, panel, panels, rates, reset):
    """What can be set: drawn once, so that a slider stays what is dragged."""
    mo.sidebar(
        mo.Html(
            f"{panels.STYLE}<div class='aslb'><h1>What limits this cell?</h1>{choice}"
            f"{mo.hstack([reset, at_rest], justify='space-between')}"
            f"{panels.LEGEND}{panel}"
            f"<div class='slider'><div class='head'>Rates</div>{rates}</div>"
            f"<div class='slider'><div class='head'>Losses and energies at</div>"
            f"{losses_at}</div></div>"
        ),
        width="350px",
    )
    return


@app.cell
def page(DFN, at_rest, cell, get_slow, mo, offer, panels, quick, scales, state):
    """The best answer that there is, and what happens next."""
    _state, _found = get_slow() or (None, None)
    _answer = _found if _state == state and _found is not None else quick
    if _answer is not quick:
        _then = "Move a slider, and the SPM answers at once."
    elif at_rest.value and not offer.is_built(state.cell, DFN):
        _then = "The DFN follows once it is built, which is done once."
    elif at_rest.value:
        _then = "The DFN follows when nothing moves."
    else:
        _then = "The DFN is switched off."
    _as_built = offer.as_built(state, _answer.model)
    mo.Html(panels.answer_panel(_answer, _as_built, cell, scales, _then))
    return


@app.cell
def keep(FILE, SPM, get_slow, mo, offer, tables):
    """What can be taken along, made when nothing moves."""
    _rested = get_slow()
    mo.stop(_rested is None)
    _state, _answer = _rested
    _cell = offer.cells[_state.cell]
    _answer = _answer or offer.answer(_state, SPM)
    _as_built = offer.as_built(_state, _answer.model)
    _files = [
        mo.download(tables.by_rate(_answer), "rates.csv", label="Rates (CSV)"),
        mo.download(tables.curves(_answer), "curves.csv", label="Curves (CSV)"),
        mo.download(tables.spectrum(_answer), "spectrum.csv", label="Impedance (CSV)"),
        mo.download(
            tables.drawing(_answer, _as_built, _cell),
            "explored.svg",
            label="Charts (SVG)",
        ),
        mo.download(_state.toml(_cell).encode(), FILE, label="This cell (TOML)"),
    ]
    _command = _state.command(_cell, _answer.model)
    _python = _state.python(_cell, _answer.model)
    mo.vstack(
        [
            mo.hstack(_files, justify="start", wrap=True),
            mo.accordion(
                {
                    "The same from the command line": mo.md(
                        f"With `{FILE}`, which is the button *This cell (TOML)*:\n\n"
                        f"```sh\n{_command}```"
                    ),
                    "The same in Python": mo.md(f"```python\n{_python}```"),
                    "A link to this": mo.md(f"[{_state.link()}]({_state.link()})"),
                }
            ),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
