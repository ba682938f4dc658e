"""Give the recordations of before their applicant, their type and what their state means."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def fill(apps, editor):
    recordations = apps.get_model("register", "Recordation").objects
    rights = apps.get_model("register", "Right").objects.filter(pk=OuterRef("right_id"))
    recordations.update(
        applicant_id=Subquery(rights.values("holder_id")[:1]),
        right_type=Subquery(rights.values("right_type")[:1]),
        filed_on=F("recorded_on"),
    )
    recordations.filter(state="in-force").update(in_force=True)
    recordations.exclude(state="in-force").update(closed=True)


class Migration(migrations.Migration):
    dependencies = [("register", "0002_recordation_files")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
