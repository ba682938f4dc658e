import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_portal_accounts"),
        ("register", "0011_guides"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Permission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("identifier", models.CharField(blank=True, max_length=60)),
                ("match", models.CharField(editable=False, max_length=400)),
                ("goods", models.TextField(blank=True)),
                ("statement", models.TextField(blank=True)),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField()),
                ("may_share", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("in-force", "In Force"),
                            ("refused", "Refused"),
                            ("revoked", "Revoked"),
                        ],
                        default="asked",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_as",
                    models.CharField(
                        blank=True,
                        choices=[("holder", "Holder"), ("officer", "Officer")],
                        max_length=8,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ("-asked_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="PermissionOffer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField()),
                ("received", models.BooleanField()),
                ("content", models.JSONField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("ended", "Ended"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("offered_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True)),
            ],
            options={
                "ordering": ("-offered_at", "-pk"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="document",
            name="register_document_belongs",
        ),
        migrations.AlterField(
            model_name="document",
            name="uploaded_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="permission",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="permission",
            name="revoked_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="permission",
            name="right",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="permissions",
                to="register.right",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="permission",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="register.permission",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("recordation__isnull", False),
                    ("right__isnull", False),
                    ("access__isnull", False),
                    ("permission__isnull", False),
                    _connector="OR",
                ),
                name="register_document_belongs",
            ),
        ),
        migrations.AddField(
            model_name="permissionoffer",
            name="administration",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="permission_offers",
                to="accounts.administration",
            ),
        ),
        migrations.AddField(
            model_name="permissionoffer",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="permissionoffer",
            name="offered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="permissionoffer",
            name="permission",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="offers",
                to="register.permission",
            ),
        ),
        migrations.AddIndex(
            model_name="permission",
            index=models.Index(fields=["state", "answer_by"], name="register_permission_queue"),
        ),
        migrations.AddIndex(
            model_name="permission",
            index=models.Index(fields=["right", "state"], name="register_permission_right"),
        ),
        migrations.AddConstraint(
            model_name="permission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")),
                fields=("right", "match"),
                name="register_permission_asked_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="permission",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                name="register_permission_validity_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="permission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_as", ""), ("decided_at__isnull", True), ("state", "asked")),
                    models.Q(
                        ("state__in", ["in-force", "refused", "revoked"]),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("decided_as__in", ["holder", "officer"]),
                    ),
                    _connector="OR",
                ),
                name="register_permission_decided_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="permission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("revoked_at__isnull", False),
                        ("state", "revoked"),
                        models.Q(("revoked_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "revoked"), _negated=True),
                        ("revoked_at__isnull", True),
                        ("revoked_by__isnull", True),
                        ("revoked_reason", ""),
                    ),
                    _connector="OR",
                ),
                name="register_permission_revoked_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="permissionoffer",
            constraint=models.UniqueConstraint(
                fields=("administration", "key", "received"), name="register_offer_unique"
            ),
        ),
        migrations.AddConstraint(
            model_name="permissionoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["open", "accepted", "declined", "withdrawn", "ended"])
                ),
                name="register_offer_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="permissionoffer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("permission__isnull", False), ("received", False)),
                    models.Q(
                        ("permission__isnull", False),
                        ("state__in", ["accepted", "withdrawn", "ended"]),
                    ),
                    models.Q(
                        ("permission__isnull", True),
                        ("state__in", ["open", "declined", "withdrawn"]),
                        ("received", True),
                    ),
                    _connector="OR",
                ),
                name="register_offer_permission_fits",
            ),
        ),
    ]
