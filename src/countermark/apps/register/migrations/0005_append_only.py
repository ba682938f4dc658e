from django.db import migrations

from countermark.apps.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("register", "0004_recordation_constraints")]
    operations = [append_only("register_recordationevent")]
