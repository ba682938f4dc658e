from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """See the package's docstring."""

    name = "countermark.apps.reports"
    label = "reports"
