"""What every answer carries, whoever asks."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/sign-in", "/", "/tracker", "/child/aaaaaaaaaaaa", "/nowhere"])
def test_no_cache_keeps_a_page_and_no_other_site_frames_it(address: str) -> None:
    answer = Client().get(address)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in answer["Permissions-Policy"]
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_the_cookie_of_a_form_is_out_of_reach_of_scripts() -> None:
    cookie = Client().get("/sign-in").cookies["csrftoken"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
