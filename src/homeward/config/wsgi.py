"""The entry for a WSGI server: `gunicorn homeward.config.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from homeward.config.database import ready_to_serve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeward.config.settings")
application = get_wsgi_application()
ready_to_serve()
get_resolver().check()  # every page is imported now, and not while the first person waits for it
