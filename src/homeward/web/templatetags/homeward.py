"""Filters that put dates and codes into words, and links that keep what was chosen."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from homeward.reports import words

register = template.Library()
register.filter("day", words.day, expects_localtime=True)
register.filter("route", words.route)
register.filter("short_day", words.short_day)


@register.filter
def ago(on: date | None, today: date) -> str:
    return words.ago(on, today)


@register.filter
def children(number: int) -> str:
    return words.count(number, "child", "children")


@register.filter
def dates(number: int) -> str:
    return words.count(number, "date")


@register.filter
def number(value: int) -> str:
    return f"{value:,}"


@register.simple_tag
def status(said: Any) -> SafeString:
    """The status of a date as a word beside its colour; `said` has `.status` and `.words`."""
    tone = words.TONES.get(said.status, "quiet")
    return format_html('<span class="hw-st hw-st--{}">{}</span>', tone, said.words)


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """The choices of a select; made here and kept, because a council has hundreds of social workers."""
    return _options(tuple(choices), chosen)


@lru_cache(100)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    picked = SafeString(" selected")
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, picked if value == chosen else "", said) for value, said in choices),
    )


@register.simple_tag
def once() -> SafeString:
    """The key that lets a form have its effect once, however often it is sent; stands beside csrf_token."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_urlsafe(18))


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """This page's query string with some values changed; None takes one out. Always begins with "?"."""
    chosen = context["request"].GET.copy()
    chosen.pop("page", None)
    for name, value in changes.items():
        if value is None or value == "":
            chosen.pop(name, None)
        else:
            chosen[name] = str(value)
    return "?" + chosen.urlencode()
