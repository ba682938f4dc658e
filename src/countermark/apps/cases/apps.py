from django.apps import AppConfig
from django.core.checks import register


class CasesConfig(AppConfig):
    """See the package's docstring."""

    name = "countermark.apps.cases"
    label = "cases"

    def ready(self) -> None:
        """Register the system checks of the law folder."""
        from countermark.apps.cases.checks import law_is_readable  # noqa: PLC0415 - settings first

        register(law_is_readable)
