"""Every kind of problem has its sentence, its mend and its line in the reference."""

from pathlib import Path

from homeward.intake.problem_kinds import KINDS
from homeward.intake.tables import BUNDLE, SSDA903

DOCS = Path(__file__).parents[2] / "docs" / "reference"


def test_every_kind_of_problem_is_in_the_reference_in_its_own_words():
    page = (DOCS / "imports.md").read_text()
    for key, kind in KINDS.items():
        assert f"| `{key}` | {kind.says} | {kind.mend} |" in page, key


def test_every_table_and_column_is_in_the_reference():
    returns, bundle = (DOCS / "imports.md").read_text(), (DOCS / "bundle.md").read_text()
    for tables, page in ((SSDA903, returns), (BUNDLE, bundle)):
        for table in tables:
            assert f"| {table.name} | {', '.join(table.columns)} |" in page, table.name
