from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("screening", "0005_hit_evidence")]
    operations = [
        migrations.RemoveIndex(model_name="hit", name="screening_hit_outcome"),
        migrations.AddIndex(
            model_name="hit",
            index=models.Index(
                fields=["right", "state", "excused", "found_at"], name="screening_hit_outcomes"
            ),
        ),
    ]
