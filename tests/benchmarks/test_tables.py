from benchmarks.tables import Table, csv_text, markdown, print_tables
from rich.console import Console

TABLE = Table(
    title="Some Figures (all)",
    columns=("clip", "error", "met"),
    rows=(("a|b", 1.25, True), ("c", float("nan"), False), ("d", None, True)),
    digits=1,
)


def test_numbers_are_rounded_for_people_and_whole_for_programs() -> None:
    assert "| a\\|b | 1.2 | yes |" in markdown(TABLE)
    assert csv_text(TABLE).splitlines()[1] == "a|b,1.25,True"


def test_what_is_unknown_stays_empty_everywhere() -> None:
    assert "| c |  | NO |" in markdown(TABLE)
    assert csv_text(TABLE).splitlines()[2] == "c,,False"
    assert TABLE.records()[1]["error"] is None


def test_a_table_names_its_file() -> None:
    assert TABLE.slug == "some_figures_all"


def test_a_terminal_shows_title_and_cells() -> None:
    console = Console(width=80, record=True, quiet=True)
    console.quiet = False
    with console.capture() as shown:
        print_tables([TABLE], console)
    assert "Some Figures" in shown.get()
    assert "a|b" in shown.get()
