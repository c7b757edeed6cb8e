"""Files that somebody sent, which would run code if anything of ours let them."""

import io
import json
import os
import pickle
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from begun_stores import begun
from fitted import fitted
from forged import forge

from aslb.experiments import InputError, Study, cccv, export_study, open_study
from aslb.experiments.calibration.data import read_data
from aslb.experiments.calibration.searches import _read as read_journal
from aslb.experiments.study.report import sweep_report
from aslb.experiments.study.store import FILE, StudyStore
from aslb.experiments.study.study_file import read_study
from aslb.parameters.composition.cell import Cell

SHIPPED = "Cao2021_thin_halide"
CELL = (Path(__file__).parents[2] / "examples" / "lco_li3ycl6.toml").read_text()
STUDY = 'model = "SolidStateSPM"\n[vary]\nc_rate = [0.5, 1.0]\n'


class Evil:
    """Runs a command as it is unpickled."""

    def __init__(self, command):
        self.command = command

    def __reduce__(self):
        return os.system, (self.command,)


@pytest.fixture
def ran(tmp_path):
    """A file that is there at the end of the test if any code was run."""
    file = tmp_path / "ran"
    yield file
    assert not file.exists()


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "received"
    made.mkdir()
    return made


def formulas(ran):
    """Texts that run a command where somebody evaluates them."""
    command = f"touch {ran}"
    return [
        f"__import__('os').system('{command}')",
        f"!!python/object/apply:os.system ['{command}']",
        f"$(touch {ran})",
        f"`touch {ran}`",
        f"=cmd|'/c touch {ran}'!A0",
        f"{{{{ __import__('os').system('{command}') }}}}",
    ]


def pickles(ran):
    """Files that run a command where somebody unpickles them."""
    packed = io.BytesIO()
    np.savez(packed, draws=np.array([Evil(f"touch {ran}")], dtype=object))
    evil = np.array([Evil(f"touch {ran}")], dtype=object)
    single = io.BytesIO()
    np.save(single, evil)
    return [pickle.dumps(Evil(f"touch {ran}")), packed.getvalue(), single.getvalue()]


def test_the_pickles_would_run(tmp_path):
    pickle.loads(pickles(tmp_path / "seen")[0])
    assert (tmp_path / "seen").exists()


def refused(function, *arguments):
    with pytest.raises(InputError) as error:
        function(*arguments)
    assert str(error.value).isprintable()


@pytest.mark.parametrize("kind", ["toml", "npz", "npy", "pkl"])
def test_a_pickle_is_no_cell_study_data_journal_or_store(kind, folder, ran):
    for content in pickles(ran):
        for name, read in {
            f"cell.{kind}": Cell,
            "cell.toml": Cell,
            f"study.{kind}": read_study,
            f"data.{kind}": read_data,
            f"study.sqlite.{kind}": open_study,
            f"searches.{kind}": read_journal,
        }.items():
            file = folder / name
            file.write_bytes(content)
            refused(read, file)
            file.unlink()


def test_a_cell_file_that_would_run_code_is_refused(folder, ran):
    file = folder / "cell.toml"
    refusals = 0
    for formula in formulas(ran):
        text = json.dumps(formula)
        for content in (
            formula,
            f"base = {text}",
            CELL.replace("thickness_um = [600, 500, 700]", f"thickness_um = {text}"),
            CELL.replace('"Li6PS5Cl pellet"', text),
            f'base = "{SHIPPED}"\n[parameters.{text}]\nvalue = 1\nclass = "measured"\n',
            f'base = "{SHIPPED}"\n[parameters."Separator thickness [m]"]\n'
            f'value = {text}\nclass = "measured"\nsource = "x"\n',
            f'base = "{SHIPPED}"\n[vary]\n"separator.thickness_um" = {text}\n',
        ):
            file.write_text(content)
            refused(Cell, file)
            refusals += 1
    assert refusals == 42


def test_a_calibration_that_would_run_code_is_refused(folder, ran):
    file = folder / "cell.toml"
    fitted(SHIPPED).save(file)
    whole = file.read_text()
    assert "[fit.draws]" in whole
    for formula in formulas(ran):
        text = json.dumps(formula)
        for head in ("[fit.draws]\n", "[fit.values]\n"):
            file.write_text(whole.replace(head, f"{head}{text} = [{text}]\n"))
            refused(Cell, file)
        journal = folder / "searches.jsonl"
        for line in (text, formula, f'{{"key": {formula}}}'):
            journal.write_text(f"{line}\n")
            refused(read_journal, journal)


def test_a_study_file_that_would_run_code_is_refused(folder, ran):
    file = folder / "study.toml"
    for formula in formulas(ran):
        text = json.dumps(formula)
        for content in (
            formula,
            f"cells = [{text}]\n{STUDY}",
            f"model = {text}\n[vary]\nc_rate = [1]\n",
            f"start = {text}\n{STUDY}",
            f'method = "csv"\nfile = {text}\nmodel = "SolidStateSPM"\n',
            f"{STUDY}{text} = [1, 2]\n",
            f"{STUDY}hold_h = [{text}]\n",
            f"{STUDY}[outputs]\nquantities = [{text}]\n",
            f"{STUDY}[protocol]\nname = {text}\n",
            f"{STUDY}[protocol]\nupper_cutoff_V = {text}\n",
            f'goal = {text}\nmethod = "adaptive"\npoints = 60\n{STUDY}',
        ):
            file.write_text(content)
            refused(read_study, file)


def test_points_and_data_in_csv_that_would_run_code_are_refused(folder, ran):
    study, points = folder / "study.toml", folder / "points.csv"
    study.write_text('method = "csv"\nfile = "points.csv"\nmodel = "SolidStateSPM"\n')
    for formula in formulas(ran):
        value = '"' + formula.replace('"', '""') + '"'
        for content in (f"c_rate\n{value}\n", f"c_rate,{value}\n1,2\n", value):
            points.write_text(content)
            refused(read_study, study)
        for content in (
            f"c_rate,discharge_capacity_mAh_g\n1,{value}\n",
            f"{value},discharge_capacity_mAh_g\n1,1\n",
        ):
            points.write_text(content)
            refused(read_data, points)
    for content in pickles(ran):
        points.write_bytes(content)
        refused(read_study, study)
        refused(read_data, points)


def test_what_a_study_names_is_written_nowhere_but_in_its_folder(folder, tmp_path):
    inner = folder / "inner"
    inner.mkdir()
    before = {*tmp_path.rglob("*")}
    for content in (
        f'cells = ["../../{SHIPPED}"]\n{STUDY}',
        f'cells = ["{tmp_path}/cell.toml"]\n{STUDY}',
        f'out = "../.."\n{STUDY}',
        f'{STUDY}[outputs]\nout = "../.."\n',
        f'{STUDY}[outputs]\nquantities = ["../../discharge_capacity"]\n',
        f'{STUDY}[outputs]\nboundaries = ["../cathode"]\n',
        'method = "csv"\nfile = "../../none.csv"\nmodel = "SolidStateSPM"\n',
    ):
        (inner / "study.toml").write_text(content)
        refused(read_study, inner / "study.toml")
    assert {*tmp_path.rglob("*")} - before == {inner / "study.toml"}


def test_a_cell_that_is_named_like_a_path_writes_into_its_folder_alone(
    folder, tmp_path
):
    cell = Cell(SHIPPED, name="../../evil")
    out = folder / "out"
    study = Study(cell, cccv(1), {"separator.thickness [um]": [20, 50]})
    StudyStore.create(out / FILE, study, engine={"name": "IDAKLU"}).close()
    sweep_report(out)
    export_study(out, "csv")
    assert {file for file in tmp_path.rglob("*") if file.is_file()} == {
        out / FILE,
        out / "study.csv",
    }


def test_a_store_whose_texts_would_run_code_gives_the_texts(folder, ran):
    begun(folder).close()
    formula = formulas(ran)[0]
    text = formula.replace("'", "''")
    forge(folder / FILE, f"UPDATE points SET reason = '{text}' WHERE reason = 'why'")
    data = open_study(folder)
    assert formula in data.reason.values
    export_study(folder, "csv")
    assert formula in sweep_report(folder)[0].summary


def test_a_pickle_in_a_store_is_refused(folder, ran):
    (packed, *_) = pickles(ran)
    for column in ("charge_voltage", "discharge_capacity", "reason", "checksum"):
        begun(folder).close()
        database = sqlite3.connect(folder / FILE)
        with database:
            database.execute(f"UPDATE points SET {column} = ? WHERE id = 1", [packed])
        database.close()
        if column != "checksum":
            forge(folder / FILE)
        refused(open_study, folder)
    for key in ("study", "setting", "parameters", "loss"):
        begun(folder).close()
        database = sqlite3.connect(folder / FILE)
        with database:
            database.execute("UPDATE meta SET value = ? WHERE key = ?", [packed, key])
        database.close()
        forge(folder / FILE)
        refused(open_study, folder)


TRICKS = {
    "trigger": "CREATE TRIGGER t AFTER INSERT ON points BEGIN "
    "SELECT load_extension('{evil}'); END",
    "view": "CREATE VIEW v AS SELECT load_extension('{evil}')",
    "computed column": "ALTER TABLE points ADD COLUMN c AS (readfile('{evil}'))",
    "check": "ALTER TABLE points ADD COLUMN c CHECK (writefile('{ran}', 'x'))",
    "default": "ALTER TABLE points ADD COLUMN c DEFAULT (load_extension('{evil}'))",
    "virtual table": "CREATE VIRTUAL TABLE f USING fts5(a)",
}


@pytest.mark.parametrize("trick", TRICKS)
def test_a_store_with_code_is_refused_for_reading_and_writing(trick, folder, ran):
    begun(folder).close()
    database = sqlite3.connect(folder / FILE)
    for name in ("readfile", "writefile", "load_extension"):
        database.create_function(name, -1, lambda *_: 1, deterministic=True)
    statement = TRICKS[trick].format(evil=folder / "evil.so", ran=ran)
    try:
        database.execute(statement)
    except sqlite3.OperationalError:  # into the schema by hand, then
        column = statement.partition("COLUMN ")[2].replace("'", "''")
        assert column
        database.execute("PRAGMA writable_schema = ON")
        with database:
            database.execute(
                "UPDATE sqlite_master SET sql = substr(sql, 1, length(sql) - 1) || "
                f"', {column})' WHERE name = 'points'"
            )
    database.close()
    refused(StudyStore, folder / FILE)
    refused(StudyStore.to_go_on, folder / FILE)


def test_no_file_beside_a_store_is_run(folder, ran):
    begun(folder).close()
    for name in ("study.py", "sitecustomize.py", "aslb.py", "study.sqlite.py"):
        (folder / name).write_text(f"open({str(ran)!r}, 'w')")
    sweep_report(folder)
    open_study(folder)
