"""One row of one table as it stood in a file."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """A row kept word for word; its facts can always be worked out again from it.

    `source` is '903', 'annex_a' or 'bundle'. `year` is the collection year (2022 closes on 31 March 2022),
    None for Annex A and the bundle. `child` is the normalised code, "" for a row about no child.
    `cells` hold the text of the file under the table's own column names.
    """

    source: str
    table: str
    year: int | None
    child: str
    cells: dict[str, str]
    file: str
    number: int
    sha: str
