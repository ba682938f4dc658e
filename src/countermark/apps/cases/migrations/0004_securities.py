import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from countermark.apps.audit.append_only import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_portal_accounts'),
        ('cases', '0003_trader_links'),
        ('register', '0014_first_events'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Security',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('holder', 'Holder'), ('general', 'General'), ('counter', 'Counter')], max_length=10)),
                ('form', models.CharField(choices=[('cash', 'Cash'), ('guarantee', 'Guarantee')], max_length=10)),
                ('giver', models.CharField(max_length=300)),
                ('currency', models.CharField(max_length=3)),
                ('measured_minor', models.BigIntegerField()),
                ('asked_minor', models.BigIntegerField()),
                ('source', models.CharField(max_length=80)),
                ('verification', models.CharField(max_length=24)),
                ('valid_from', models.DateField()),
                ('valid_until', models.DateField(blank=True, null=True)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='securities', to='cases.case')),
                ('holder', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='securities', to='register.rightholder')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.office')),
            ],
            options={
                'verbose_name_plural': 'securities',
                'ordering': ('-asked_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='SecurityEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(choices=[('received', 'Received'), ('drawn', 'Drawn'), ('returned', 'Returned')], max_length=10)),
                ('amount_minor', models.BigIntegerField()),
                ('on', models.DateField()),
                ('drawn_for', models.CharField(blank=True, choices=[('costs', 'Costs'), ('compensation', 'Compensation')], max_length=12)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='cases.case')),
                ('security', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='cases.security')),
            ],
            options={
                'verbose_name_plural': 'security entries',
                'ordering': ('security', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='CaseCost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('storage', 'Storage'), ('custody', 'Custody'), ('transport', 'Transport'), ('destruction', 'Destruction'), ('other', 'Other'), ('paid', 'Paid'), ('reversed', 'Reversed')], max_length=12)),
                ('amount_minor', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('on', models.DateField()),
                ('text', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='costs', to='cases.case')),
                ('reverses', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='cases.casecost')),
            ],
            options={
                'ordering': ('case', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['storage', 'custody', 'transport', 'destruction', 'other', 'paid', 'reversed'])), name='cases_cost_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('amount_minor__lt', 0), ('kind__in', ['paid', 'reversed'])), models.Q(models.Q(('kind__in', ['paid', 'reversed']), _negated=True), ('amount_minor__gt', 0)), _connector='OR'), name='cases_cost_has_its_sign'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'reversed'), ('reverses__isnull', False)), models.Q(models.Q(('kind', 'reversed'), _negated=True), ('reverses__isnull', True)), _connector='OR'), name='cases_cost_reverses_a_row')],
            },
        ),
        migrations.AddConstraint(
            model_name='security',
            constraint=models.CheckConstraint(condition=models.Q(('form__in', ['cash', 'guarantee']), ('kind__in', ['holder', 'general', 'counter'])), name='cases_security_codes_known'),
        ),
        migrations.AddConstraint(
            model_name='security',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', True), ('holder__isnull', False), ('kind', 'general'), ('valid_until__isnull', False)), models.Q(models.Q(('kind', 'general'), _negated=True), ('case__isnull', False)), _connector='OR'), name='cases_security_general_or_of_a_case'),
        ),
        migrations.AddConstraint(
            model_name='security',
            constraint=models.CheckConstraint(condition=models.Q(('asked_minor__gte', 0), ('measured_minor__gte', 0)), name='cases_security_not_negative'),
        ),
        migrations.AddConstraint(
            model_name='security',
            constraint=models.CheckConstraint(condition=models.Q(('giver', ''), _negated=True), name='cases_security_has_a_giver'),
        ),
        migrations.AddConstraint(
            model_name='securityentry',
            constraint=models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0), ('move__in', ['received', 'drawn', 'returned'])), name='cases_security_entry_moves_something'),
        ),
        migrations.AddConstraint(
            model_name='securityentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('drawn_for__in', ['costs', 'compensation']), ('move', 'drawn')), models.Q(models.Q(('move', 'drawn'), _negated=True), ('case__isnull', True), ('drawn_for', '')), _connector='OR'), name='cases_security_entry_draws_for_a_case'),
        ),
        append_only("cases_securityentry"),
        append_only("cases_casecost"),
    ]
