from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates, static files and template tags of the pages."""

    name = "countermark.web"
    label = "web"
