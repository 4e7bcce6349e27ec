from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("records", "0002_reach_and_trail")]

    operations = [migrations.DeleteModel(name="AccessLog")]
