"""A policy file is read as written or refused with the file, the rule and the mend."""

import pytest

from homeward.domain.policy import COUNCILS, PACKS, PolicyError, load, read_rules, sentence

RULE = """
[[timescale]]
key = "core_meeting"
title = "Core meeting"
force = "aim"
promises = ["DUD-034"]
source = { document = "A strategy", section = "7" }
owner = "team_manager"
starts = ["became_looked_after"]
met_by = ["permanence_meeting_held"]
within = ["6 weeks"]
"""


def test_a_rule_as_a_council_writes_it_is_read():
    (rule,) = read_rules("mine", "mine.toml", RULE)
    assert (rule.key, rule.per, rule.within[0].words) == ("core_meeting", "period", "6 weeks")
    assert sentence(rule) == (
        "Within 6 weeks, counted from the day that the child came into care, "
        "it is recorded that the core permanence meeting was held."
    )


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ('owner = "team_manager"', 'owner = "team_boss"', 'owner = "team_boss" is not known'),
        ('"6 weeks"', '"six weeks"', 'write "20 working days", "6 weeks" or "3 months"'),
        ("became_looked_after", "became_looked_afer", 'names the event "became_looked_afer"'),
        ("title =", "titel =", '"titel" is not known here'),
        ('source = { document = "A strategy", section = "7" }', "", '"source" is missing'),
        ('force = "aim"', 'force = "law"', 'force = "law" is not known'),
        ('within = ["6 weeks"]', "", "say when it is due by exactly one of"),
        ("[[timescale]]", "[[timescal]]", "a rule is written [[timescale]]"),
        ('title = "Core', 'title = "Core\n', "not well-formed TOML"),
    ],
)
def test_a_spelling_mistake_is_refused_with_file_rule_and_mend(wrong, right, says):
    with pytest.raises(PolicyError) as refused:
        read_rules("mine", "mine.toml", RULE.replace(wrong, right, 1))
    assert "mine.toml" in str(refused.value) and says in str(refused.value)


def test_an_unknown_policy_is_refused_with_the_list_of_those_there_are():
    with pytest.raises(PolicyError, match=r"atlantis.*england, croydon"):
        load(["atlantis"])


@pytest.mark.parametrize("pack", PACKS)
def test_every_rule_says_itself_in_one_sentence_and_has_a_source_and_a_promise_or_an_id(pack):
    policy = load([pack])
    for rule in (*policy.rules, *policy.off):
        said = sentence(rule)
        assert said[0].isupper() and said.endswith(".") and said.count(". ") == 0, rule.key
        assert rule.source.document and (rule.promises or rule.ids), rule.key
        assert bool(rule.ids) == (pack == "england"), rule.key


def test_rule_keys_are_unique_across_all_packs():
    policy = load(PACKS)
    keys = [rule.key for rule in (*policy.rules, *policy.off)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("council", COUNCILS)
def test_a_council_never_relaxes_the_law_because_the_law_is_judged_beside_it(council):
    policy = load(["england", council])
    assert {rule.pack for rule in policy.rules} == {"england", council}
