"""Gives recordations that came from a file, before files gave it, the first event of a history."""

from django.db import migrations, models


def begin(apps, _editor):
    recordations = apps.get_model("register", "Recordation")
    events = apps.get_model("register", "RecordationEvent")
    known = events.objects.filter(recordation=models.OuterRef("pk"))
    without = recordations.objects.filter(~models.Exists(known), recorded_on__isnull=False)
    events.objects.bulk_create(
        (
            events(
                recordation_id=row.pk,
                act="record",
                to_state=row.state,
                on=row.recorded_on,
                role="system",
                note="",
            )
            for row in without.iterator()
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("register", "0013_filings")]
    # Not undone: events are append-only, and a history that begins is no harm to older code.
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
