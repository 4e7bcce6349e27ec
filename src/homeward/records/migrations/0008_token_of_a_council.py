"""A token says in which council its role was acted in."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0007_signing_in")]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="authority",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, to="records.authority"
            ),
        ),
    ]
