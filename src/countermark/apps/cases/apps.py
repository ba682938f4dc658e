from django.apps import AppConfig


class CasesConfig(AppConfig):
    """See the package's docstring."""

    name = "countermark.apps.cases"
    label = "cases"
