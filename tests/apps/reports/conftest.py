from tests.apps.operations.scene import agreed, opened, proposed

__all__ = ["agreed", "opened", "proposed"]
