"""What can be done in intake: receive a batch, load it, take numbers."""

from countermark.apps.intake.columns import mapping_guess
from countermark.apps.intake.services.load import batch_load
from countermark.apps.intake.services.numbers import serial_take
from countermark.apps.intake.services.receive import batch_receive

__all__ = ["batch_load", "batch_receive", "mapping_guess", "serial_take"]
