"""The WSGI entry point of a node's web server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "countermark.config.settings")
application = get_wsgi_application()

# Both need the settings. The pages are loaded before the port opens, not by the first request.
import countermark.config.urls  # noqa: E402, F401
from countermark.workflows.warming import keep_warm  # noqa: E402

keep_warm()
