import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from countermark.apps.audit.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0004_securities'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='goodsline',
            name='brand',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='goodsline',
            name='parcel_number',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='goodsline',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='GoodsChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('before', models.JSONField()),
                ('after', models.JSONField()),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goods_changes', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goods_changes', to='cases.case')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='cases.goodsline')),
            ],
            options={
                'ordering': ('case', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['amended', 'split', 'withdrawn', 'restored'])), name='cases_goods_change_kind_known')],
            },
        ),
        append_only("cases_goodschange"),
    ]
