"""`child__among=numbers`: as `child__in`, for the many children of a council."""

from __future__ import annotations

import json
from typing import Any

from django.db.models import Lookup
from django.db.models.fields.related import ForeignObject


@ForeignObject.register_lookup
class Among(Lookup):
    """One value for all: as a thousand values they take longer to send than to find."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::bigint[])", (*values, list(self.rhs))

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = self.process_lhs(compiler, connection)
        numbers = json.dumps(list(self.rhs))
        return f"{column} IN (SELECT value FROM json_each(%s))", (*values, numbers)  # noqa: S608
