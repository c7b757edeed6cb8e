"""`aslb schema`: what cell files and study files may say, for editors."""

from __future__ import annotations

import json

import click


@click.command(name="schema")
@click.argument("kind", type=click.Choice(["cell", "study"]))
def schema_command(kind):
    """Print the JSON schema of cell files or of study files.

    Editors complete and check a TOML file that names it in its first line, as
    `#:schema study.schema.json`.

    Example: aslb schema study > study.schema.json
    """
    from aslb.experiments.study.json_schema import study_schema
    from aslb.parameters.composition.json_schema import cell_schema

    schema = study_schema() if kind == "study" else cell_schema()
    click.echo(json.dumps(schema, indent=2))
