"""Fill what hits found before now lack: their phrase, and the register version of their run."""

from __future__ import annotations

from django.db import migrations
from django.db.models import OuterRef, Subquery

from countermark.apps.screening.phrases import phrase_of

LOT = 1_000


def fill(apps, schema_editor):
    hits = apps.get_model("screening", "Hit")
    runs = apps.get_model("screening", "Run")
    version = runs.objects.filter(pk=OuterRef("run")).values("register_version")[:1]
    hits.objects.filter(register_version="").update(register_version=Subquery(version))
    lot = []
    for hit in hits.objects.filter(phrase="").only("matched").iterator(chunk_size=LOT):
        hit.phrase = phrase_of(hit.matched)
        lot.append(hit)
        if len(lot) == LOT:
            hits.objects.bulk_update(lot, ["phrase"])
            lot.clear()
    hits.objects.bulk_update(lot, ["phrase"])


class Migration(migrations.Migration):
    dependencies = [("screening", "0003_retro_hunts_and_mutes")]
    # Backwards there is nothing to do: the columns go with the migration before.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
