from django.apps import AppConfig


class ScreeningConfig(AppConfig):
    """See the package's docstring."""

    name = "countermark.apps.screening"
    label = "screening"
