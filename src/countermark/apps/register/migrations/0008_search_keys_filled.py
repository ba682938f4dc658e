"""Give the rights of before their search keys."""

from django.db import migrations
from django.db.models import Prefetch

from countermark.apps.register.keys import key_text


def fill(apps, editor):
    rights = apps.get_model("register", "Right").objects.select_related("holder")
    recordations = apps.get_model("register", "Recordation").objects.order_by("pk")
    keys = apps.get_model("register", "SearchKey").objects
    made = (
        keys.model(
            right=right, text=key_text(right, [each.number for each in right.recordations.all()])
        )
        for right in rights.prefetch_related(Prefetch("recordations", recordations)).iterator(500)
    )
    keys.bulk_create(made, batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("register", "0007_search_keys")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
