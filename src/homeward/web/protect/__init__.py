"""How closely a child’s record is kept, who must never see it, and what the agency is shown."""
