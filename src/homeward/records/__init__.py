"""The record: facts about children, who may see them, and what was seen."""
