import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_append_only"),
        ("register", "0013_filings"),
        ("screening", "0006_outcomes_by_mark"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TraderLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("party_role", models.CharField(max_length=10)),
                ("name", models.CharField(max_length=20, unique=True)),
                ("secret_sha256", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("failures", models.PositiveSmallIntegerField(default=0)),
                ("locked_until", models.DateTimeField(blank=True, null=True)),
                ("seen_from", models.DateTimeField(blank=True, null=True)),
                ("seen_count", models.PositiveIntegerField(default=0)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="trader_links",
                        to="screening.hit",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "permissions",
                    models.ManyToManyField(
                        blank=True, related_name="trader_links", to="register.permission"
                    ),
                ),
            ],
            options={
                "ordering": ("hit", "party_role"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("hit", "party_role"), name="cases_trader_link_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("party_role__in", ("consignor", "consignee"))),
                        name="cases_trader_link_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("made_at"))),
                        name="cases_trader_link_ends_later",
                    ),
                ],
            },
        ),
    ]
