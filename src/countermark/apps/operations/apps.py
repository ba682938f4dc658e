from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """See the package's docstring."""

    name = "countermark.apps.operations"
    label = "operations"
