from django.db import migrations

from countermark.apps.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial"), ("audit", "0002_append_only")]
    operations = [append_only("exchange_receipt")]
