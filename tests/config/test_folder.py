"""The data folder: what is kept there is kept whole, and to one account."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from stat import S_IMODE

from homeward.config.folder import demonstration, mark_as_demonstration, secret_key


def test_processes_that_start_together_share_one_whole_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as together:
        keys = set(together.map(secret_key, [tmp_path] * 64))
    assert len(keys) == 1
    assert len(keys.pop()) > 50
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


def test_the_key_is_readable_by_this_account_alone(tmp_path: Path) -> None:
    secret_key(tmp_path)
    assert S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_a_folder_is_a_demonstration_once_it_is_marked(tmp_path: Path) -> None:
    assert demonstration(tmp_path) is None
    mark_as_demonstration(tmp_path, date(2026, 11, 25), 7)
    assert demonstration(tmp_path) == {"made_on": "2026-11-25", "seed": 7}
