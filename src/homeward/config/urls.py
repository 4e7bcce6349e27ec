"""Every address Homeward answers."""

from django.urls import include, path

urlpatterns = [path("", include("homeward.web.urls"))]
