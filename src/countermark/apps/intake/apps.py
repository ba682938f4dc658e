from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """See the package's docstring."""

    name = "countermark.apps.intake"
    label = "intake"
