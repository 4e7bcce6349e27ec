"""Sealing a child’s record: nobody sees it from then on."""
