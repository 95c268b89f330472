"""Tables. Importing this package registers all of them."""

from db.models.account import Account, KeptForm, SignIn, SignInFailure
from db.models.base import Table
from db.models.donor import Donor, Pledge, PledgeCategory, PledgeCommune, Receipt
from db.models.goals import Goal, Plan
from db.models.handover import Event, EventMatch, Outcome
from db.models.lists import (
    ColumnMemory,
    CommuneList,
    Nomination,
    Upload,
    UploadDraft,
    UploadRow,
    is_live,
)
from db.models.matching import Decision, Match, Proposal, ProposalParticipant, is_live_match
from db.models.people import CoverFact, DuplicatePair, Person
from db.models.place import (
    Category,
    Commune,
    CommuneClass,
    CommuneName,
    EthnicGroup,
    FormerProvince,
    Office,
    OfficeCommune,
    Province,
)
from db.models.policy import Policy
from db.models.posting import Objection, Posting, as_hung
from db.models.trace import Attachment, AuditEntry, AuditHead, Counter, DatabaseKind

__all__ = [
    "Account",
    "Attachment",
    "AuditEntry",
    "AuditHead",
    "Category",
    "ColumnMemory",
    "Commune",
    "CommuneClass",
    "CommuneList",
    "CommuneName",
    "Counter",
    "CoverFact",
    "DatabaseKind",
    "Decision",
    "Donor",
    "DuplicatePair",
    "EthnicGroup",
    "Event",
    "EventMatch",
    "FormerProvince",
    "Goal",
    "KeptForm",
    "Match",
    "Nomination",
    "Objection",
    "Office",
    "OfficeCommune",
    "Outcome",
    "Person",
    "Plan",
    "Pledge",
    "PledgeCategory",
    "PledgeCommune",
    "Policy",
    "Posting",
    "Proposal",
    "ProposalParticipant",
    "Province",
    "Receipt",
    "SignIn",
    "SignInFailure",
    "Table",
    "Upload",
    "UploadDraft",
    "UploadRow",
    "as_hung",
    "is_live",
    "is_live_match",
]
