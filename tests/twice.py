"""Every form that a page's test sends is sent a second time, as by a double click: one answer, one effect.

The second time is undone, so that the test goes on as if it had not been. What was sent by which test stands
in SENT; test_twice.py holds it against the list of addresses.
"""

from __future__ import annotations

import copy
import os
import re
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

# What may be done twice without harm, and why.
FREE = {
    "sign_in": "who signs in again is signed in; a wrong password is counted each time",
    "sign_out": "who is signed out stays so",
    "account_login": "the address that allauth knows for signing in; it shows our form",
    "mfa_authenticate": "allauth takes each code once",
    "mfa_login_webauthn": "allauth takes each answer of a passkey once",
    "confirm": "it says that the person is here, as often as it is asked",
    "draft": "a page keeps the same text again (204)",
    "meeting_item_keep": "a page keeps the same text again (204)",
    "child_reveal": "a second look is the same look (test_a_double_click_on_a_confidential_part_is_one_look)",
    "person_link": "it answers with the link itself; two of them let the same person in, and only once",
    "new_password": "nobody is signed in, and the link works once",
    "factor_app_remove": "what was removed is not there a second time (404)",
    "factor_passkey": "allauth takes each answer of a passkey once",
    "factor_passkey_remove": "what was removed is not there a second time (404)",
}
SENT: dict[str, set[str]] = defaultdict(set)  # an address by name -> the tests whose form had its effect once
# What a repeated form may leave: who asked, that it came before, and the session's own.
MAY_BE_TOUCHED = re.compile(
    r'"(records_audit\w+|records_searchtext|records_once|records_knock|django_session|usersessions\w+)"'
)


def again(client: Any, answer: Any, send: Callable[[], Any]) -> None:
    """Raises AssertionError when the second time is answered otherwise, or does something."""
    route = answer.resolver_match.view_name if answer.resolver_match else ""
    if not route or route in FREE or answer.status_code != 302:
        return  # shown (again): nothing was done
    cookies, written = copy.deepcopy(client.cookies), list[str]()
    with transaction.atomic():
        with connection.execute_wrapper(_noted(written)):
            second = send()
        transaction.set_rollback(True)
    client.cookies = cookies
    first = (answer.status_code, answer.get("Location"))
    assert (second.status_code, second.get("Location")) == first, f"{route}: {first}, then {second}"
    effects = [sql for sql in written if not MAY_BE_TOUCHED.search(sql)]
    assert not effects, f"{route} had a second effect: {effects[0][:120]}"
    SENT[route].add(os.environ.get("PYTEST_CURRENT_TEST", "").split("::")[-1].split(" ")[0].split("[")[0])


def _noted(written: list[str]) -> Any:
    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if re.match(r"\s*(INSERT|UPDATE|DELETE)", sql):
            written.append(sql)
        return execute(sql, params, many, context)

    return note
