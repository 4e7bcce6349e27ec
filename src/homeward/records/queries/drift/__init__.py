"""Lists of children whose plans may drift: each a question that the record answers, with what is missing."""
