from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """See the package's docstring."""

    name = "countermark.apps.register"
    label = "register"
