from django.db import migrations

from countermark.apps.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("screening", "0001_initial")]
    operations = [append_only("screening_disposition")]
