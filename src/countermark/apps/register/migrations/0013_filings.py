import uuid

import django.db.models.deletion
from django.db import migrations, models

BIG_ID = models.BigAutoField(
    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
)


def key(to: str, related_name: str, **options: bool) -> models.ForeignKey:
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name=related_name, to=to, **options
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_portal_accounts"),
        ("register", "0012_permissions"),
    ]

    operations = [
        migrations.CreateModel(
            name="LetterLanguage",
            fields=[
                (
                    "holder",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="letter_language",
                        serialize=False,
                        to="register.rightholder",
                    ),
                ),
                ("language", models.CharField(max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name="AlarmNotice",
            fields=[
                ("id", BIG_ID.clone()),
                ("kind", models.CharField(max_length=30)),
                ("subject", models.CharField(max_length=80)),
                ("day", models.DateField()),
                ("step", models.PositiveIntegerField()),
                ("email", models.EmailField(max_length=254)),
                ("sent_at", models.DateTimeField(auto_now_add=True)),
                ("holder", key("register.rightholder", "alarm_notices")),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "subject", "day", "step", "email"),
                        name="register_alarm_notice_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Filing",
            fields=[
                ("id", BIG_ID.clone()),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("filed_by", models.CharField(blank=True, max_length=120)),
                (
                    "capacity",
                    models.CharField(
                        choices=[("owner", "Owner"), ("agent", "Agent")],
                        default="owner",
                        max_length=8,
                    ),
                ),
                ("said", models.PositiveBigIntegerField(default=0)),
                ("heard", models.PositiveBigIntegerField(default=0)),
                ("file_there", models.CharField(blank=True, max_length=40)),
                (
                    "recordation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filing",
                        to="register.recordation",
                    ),
                ),
                ("source", key("register.recordation", "filings", blank=True, null=True)),
                ("through", key("accounts.administration", "filings")),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("capacity__in", ["owner", "agent"])),
                        name="register_filing_capacity_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FilingPiece",
            fields=[
                ("id", BIG_ID.clone()),
                ("sha256", models.CharField(max_length=64)),
                ("number", models.PositiveIntegerField()),
                ("content", models.BinaryField()),
                ("came_at", models.DateTimeField(auto_now_add=True)),
                ("administration", key("accounts.administration", "+")),
            ],
            options={
                "ordering": ("sha256", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("administration", "sha256", "number"),
                        name="register_piece_unique",
                    )
                ],
            },
        ),
    ]
