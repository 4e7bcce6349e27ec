"""Everything the record holds; FACTS are the models that give events."""

from homeward.records.models.care import (
    Home,
    LegalStatus,
    MissingEpisode,
    PeriodOfCare,
    Review,
    SocialWorkerSpell,
    UnaccompaniedStatus,
    Visit,
)
from homeward.records.models.child import (
    Child,
    ChildIdentifier,
    DisposalPermit,
    Fact,
    ImportedRow,
    Load,
)
from homeward.records.models.kept import KeptDeadline, KeptStanding
from homeward.records.models.people import (
    AccessLog,
    Authority,
    Person,
    RegionalAgency,
    Role,
    SavedView,
    Team,
)
from homeward.records.models.planning import (
    AdoptionDecision,
    AdoptionRecord,
    DatedEvent,
    MeetingHeld,
    PermanencePlan,
    PreviousPermanence,
)

FACTS: dict[str, type[Fact]] = {
    model.__name__: model
    for model in (
        PeriodOfCare,
        LegalStatus,
        Home,
        Review,
        Visit,
        PermanencePlan,
        MeetingHeld,
        AdoptionDecision,
        AdoptionRecord,
        PreviousPermanence,
        MissingEpisode,
        UnaccompaniedStatus,
        SocialWorkerSpell,
        DatedEvent,
    )
}

__all__ = [
    "FACTS",
    "AccessLog",
    "AdoptionDecision",
    "AdoptionRecord",
    "Authority",
    "Child",
    "ChildIdentifier",
    "DatedEvent",
    "DisposalPermit",
    "Fact",
    "Home",
    "ImportedRow",
    "KeptDeadline",
    "KeptStanding",
    "LegalStatus",
    "Load",
    "MeetingHeld",
    "MissingEpisode",
    "PeriodOfCare",
    "PermanencePlan",
    "Person",
    "PreviousPermanence",
    "RegionalAgency",
    "Review",
    "Role",
    "SavedView",
    "SocialWorkerSpell",
    "Team",
    "UnaccompaniedStatus",
    "Visit",
]
