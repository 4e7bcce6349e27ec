"""Tells Django that the pages are an app, so that their tags and static files are found."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "homeward.web"
    label = "web"

    def ready(self) -> None:
        from allauth.account.signals import user_logged_in
        from django.contrib.auth import signals

        from homeward.web.sign_in.directory import directory_said
        from homeward.web.sign_in.middleware import began

        signals.user_logged_in.connect(began)
        user_logged_in.connect(directory_said)
