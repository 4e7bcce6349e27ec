"""The pages: a folder a feature, its templates beside its views."""
