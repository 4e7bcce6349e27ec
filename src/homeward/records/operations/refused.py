"""Why a change was not made: a sentence that belongs to one field of the form it came from."""

from __future__ import annotations


class Refused(Exception):
    """Nothing was changed. `field` is empty when the sentence is about the whole form."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence
