from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Administrations, offices and officers."""

    name = "countermark.apps.accounts"
    label = "accounts"
