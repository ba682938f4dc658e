"""The WSGI entry point of a node's web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "countermark.config.settings")
application = get_wsgi_application()

from countermark.workflows.warming import keep_warm  # noqa: E402 - needs the settings

keep_warm()
