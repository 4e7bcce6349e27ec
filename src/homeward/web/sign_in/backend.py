"""Passwords, and whose sessions hold: a person who was disabled or has left is nobody on the next request."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from homeward.records.queries.sign_in import is_here


class People(ModelBackend):
    def user_can_authenticate(self, user: Any) -> bool:
        return user is not None and is_here(user)
