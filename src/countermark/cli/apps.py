from django.apps import AppConfig


class CliConfig(AppConfig):
    """Gives Django the management commands."""

    name = "countermark.cli"
    label = "cli"
