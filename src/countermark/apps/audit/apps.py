from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The append-only, hash-chained record of every act."""

    name = "countermark.apps.audit"
    label = "audit"
