"""A recordation that was granted was filed, at the latest on the day it was recorded."""

from django.db import migrations
from django.db.models import F


def fill(apps, editor):
    recordations = apps.get_model("register", "Recordation").objects
    granted = recordations.filter(right__isnull=False, filed_on__isnull=True)
    granted.update(filed_on=F("recorded_on"))


class Migration(migrations.Migration):
    dependencies = [("register", "0008_search_keys_filled")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
