"""Every address Homeward answers."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("homeward.api.urls")),
    path("", include("homeward.web.urls")),
]

handler500 = "homeward.web.failing.failed"
