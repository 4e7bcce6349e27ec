"""The pages on security say no more than what is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests import security_pages as pages

FOUND = pages.requirements()


@pytest.mark.parametrize(("number", "said"), [(number, said) for _, _, number, said in FOUND])
def test_every_test_and_document_that_a_requirement_names_is_there(number: str, said: dict) -> None:
    assert set(said) - {"level", "asks"} <= pages.STATES.keys()
    assert len(said.keys() & pages.STATES.keys()) == 1, number
    gone = [test for test in said.get("tests", []) if not pages.exists(test)]
    assert not gone, f"{number}: there is no {gone}"
    assert (pages.HOUSE / said.get("read", "README.md")).exists(), f"{number}: there is no {said.get('read')}"


def test_a_requirement_whose_test_is_gone_is_unmet() -> None:
    assert pages.state({"tests": ["tests/test_house.py::test_that_nobody_wrote"]}) == "missing"
    assert pages.state({"tests": ["tests/no_such_file.py::test_at_all"]}) == "missing"
    assert pages.state({"tests": [f"{pages.__file__}::render"]}) == "tests"


def test_all_of_levels_1_and_2_and_forty_of_level_3_are_listed_once() -> None:
    """V1 to V16 have 70 of level 1 and 176 of level 2; 6 and 16 of them are in the parts left out."""
    numbers = [number for _, _, number, _ in FOUND]
    assert len(numbers) == len(set(numbers))
    levels = [said["level"] for *_, said in FOUND]
    assert (levels.count(1), levels.count(2), levels.count(3)) == (70 - 6, 176 - 16, 40)


def test_the_page_of_asvs_is_what_its_table_says() -> None:
    assert pages.PAGE.read_text("utf-8") == pages.render(), "run: python tests/security_pages.py"


def test_the_template_of_the_impact_assessment_names_what_is_held() -> None:
    assert pages.DPIA.read_text("utf-8") == pages.dpia(), "run: python tests/security_pages.py"


def test_every_test_that_the_threat_model_names_is_there() -> None:
    text = (pages.HOUSE / "docs" / "security" / "threat-model.md").read_text("utf-8")
    named = re.findall(r"`([\w/]+\.py::test_\w+)`", text)
    assert len(named) > 30
    assert not [test for test in named if not pages.exists(f"tests/{test}")]


@pytest.mark.parametrize("page", sorted(pages.PAGE.parent.glob("*.md")), ids=lambda page: page.name)
def test_every_page_leads_somewhere_and_is_in_the_list_of_pages(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"
    contents = (page.parent / "README.md").read_text("utf-8")
    assert page.name == "README.md" or f"({page.name})" in contents, page.name
