"""Tells Django that the pages are an app, so that their tags and static files are found."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "homeward.web"
    label = "web"
