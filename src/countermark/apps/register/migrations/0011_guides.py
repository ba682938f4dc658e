import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from countermark.apps.audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_portal_accounts"),
        ("register", "0010_recordation_lists"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Examiner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("phone", models.CharField(max_length=60)),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("languages", models.JSONField(default=list)),
                ("nice_classes", models.JSONField(blank=True, default=list)),
                ("days", models.CharField(default="12345", max_length=7)),
                ("opens", models.CharField(blank=True, max_length=5)),
                ("closes", models.CharField(blank=True, max_length=5)),
                ("version", models.PositiveIntegerField(default=1)),
                ("ended_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ("name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ExaminerAbsence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first", models.DateField()),
                ("last", models.DateField()),
            ],
            options={
                "ordering": ("first", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ExaminerTraining",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=200)),
                ("given_by", models.CharField(max_length=200)),
                ("held_on", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-held_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="GuideEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("content", models.JSONField(default=dict)),
                ("section", models.CharField(max_length=20)),
                ("role", models.CharField(max_length=20)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ("right", "number"),
            },
        ),
        migrations.CreateModel(
            name="KnownInfringer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("identifier", models.CharField(blank=True, max_length=60)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("note", models.CharField(blank=True, max_length=1000)),
                ("since", models.DateField()),
                ("keep_until", models.DateField()),
                ("by_holder", models.BooleanField()),
                ("reported_at", models.DateTimeField(auto_now_add=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                ("erased_why", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ("-since", "pk"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="authorisedparty",
            name="register_authorised_party_role_known",
        ),
        migrations.AddField(
            model_name="authorisedparty",
            name="proof",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AlterField(
            model_name="authorisedparty",
            name="role",
            field=models.CharField(
                choices=[
                    ("licensee", "Licensee"),
                    ("manufacturer", "Manufacturer"),
                    ("importer", "Importer"),
                    ("exporter", "Exporter"),
                    ("consignor", "Consignor"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="authorisedparty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("role__in", ["licensee", "manufacturer", "importer", "exporter", "consignor"])
                ),
                name="register_authorised_party_role_known",
            ),
        ),
        migrations.AddField(
            model_name="examiner",
            name="holder",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="examiners",
                to="register.rightholder",
            ),
        ),
        migrations.AddField(
            model_name="examiner",
            name="places",
            field=models.ManyToManyField(blank=True, related_name="+", to="accounts.office"),
        ),
        migrations.AddField(
            model_name="examiner",
            name="rights",
            field=models.ManyToManyField(blank=True, related_name="examiners", to="register.right"),
        ),
        migrations.AddField(
            model_name="examinerabsence",
            name="examiner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="absences",
                to="register.examiner",
            ),
        ),
        migrations.AddField(
            model_name="examinertraining",
            name="examiner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="trainings",
                to="register.examiner",
            ),
        ),
        migrations.AddField(
            model_name="guideedition",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="guideedition",
            name="right",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="guide_editions",
                to="register.right",
            ),
        ),
        migrations.AddField(
            model_name="knowninfringer",
            name="reported_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="knowninfringer",
            name="right",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="known_infringers",
                to="register.right",
            ),
        ),
        migrations.AddConstraint(
            model_name="examiner",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("phone", ""), _negated=True)
                ),
                name="register_examiner_reachable",
            ),
        ),
        migrations.AddConstraint(
            model_name="examinerabsence",
            constraint=models.CheckConstraint(
                condition=models.Q(("last__gte", models.F("first"))), name="register_absence_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="examinertraining",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valid_until__isnull", True),
                    ("valid_until__gte", models.F("held_on")),
                    _connector="OR",
                ),
                name="register_training_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="guideedition",
            constraint=models.UniqueConstraint(
                fields=("right", "number"), name="register_guide_edition_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="guideedition",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)), name="register_guide_numbered"
            ),
        ),
        migrations.AddConstraint(
            model_name="knowninfringer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("erased_at__isnull", True),
                        models.Q(("name", ""), _negated=True),
                        models.Q(("source", ""), _negated=True),
                    ),
                    models.Q(
                        ("address", ""),
                        ("erased_at__isnull", False),
                        ("identifier", ""),
                        ("name", ""),
                        ("note", ""),
                        ("source", ""),
                    ),
                    _connector="OR",
                ),
                name="register_infringer_whole_or_erased",
            ),
        ),
        append_only("register_guideedition"),
    ]
