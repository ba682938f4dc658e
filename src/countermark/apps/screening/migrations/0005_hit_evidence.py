import django.db.models.deletion
from django.db import migrations, models

from countermark.apps.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("screening", "0004_hit_phrases")]
    operations = [
        migrations.CreateModel(
            name="HitEvidence",
            fields=[
                (
                    "hit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="evidence",
                        serialize=False,
                        to="screening.hit",
                    ),
                ),
                ("evidence", models.JSONField()),
                ("rules", models.JSONField()),
            ],
        ),
        append_only("screening_hitevidence"),
    ]
