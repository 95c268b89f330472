"""The people and places every test knows, and quick ways to a state further down the chain.

Rows are put straight into the tables: a test of one command must not depend on the others.
Nghệ An (40) is the province under test, Cao Bằng (04) is somebody else's.
"""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import select

from db.commands.admin.accounts import hashed
from db.conditions import to_be_hung
from db.models import (
    Account,
    CommuneList,
    Donor,
    Match,
    Nomination,
    Office,
    OfficeCommune,
    Person,
    Pledge,
    PledgeCommune,
    Policy,
    Posting,
    Proposal,
    ProposalParticipant,
    Receipt,
    Upload,
    as_hung,
)
from db.reference import catalogue
from db.rules.access import Role
from db.rules.scoring import PointScale
from db.rules.states import (
    Benefit,
    ListState,
    MatchState,
    NominationState,
    PostingState,
    ProposalState,
)
from db.unit_of_work import unattended_writing

TODAY = date(2026, 9, 15)
NOW = datetime(2026, 9, 15, 3, 0, tzinfo=UTC)
YEAR = 2026
PROVINCE, ELSEWHERE = "40", "04"
PASSWORD = "cây đa".encode().hex() + "-2026"
ACCOUNTS: dict[str, tuple[Role, str | None]] = {
    "admin": (Role.ADMIN, None),
    "central": (Role.CENTRAL, None),
    "nation": (Role.LEADER, None),
    "leader": (Role.LEADER, PROVINCE),
    "officer": (Role.OFFICER, PROVINCE),
    "officer2": (Role.OFFICER, PROVINCE),
    "approver": (Role.APPROVER, PROVINCE),
    "approver2": (Role.APPROVER, PROVINCE),
    "office": (Role.OFFICE, PROVINCE),
    "office2": (Role.OFFICE, PROVINCE),
    "far_officer": (Role.OFFICER, ELSEWHERE),
    "far_approver": (Role.APPROVER, ELSEWHERE),
    "far_office": (Role.OFFICE, ELSEWHERE),
}
NAMES = {
    "admin": "Vũ Quản Trị",
    "central": "Đỗ Trung Ương",
    "nation": "Phan Cả Nước",
    "leader": "Hồ Theo Dõi",
    "officer": "Lê Thị Minh Hằng",
    "officer2": "Trần Văn Hai",
    "approver": "Nguyễn Đình Lâm",
    "approver2": "Bùi Thị Duyệt",
    "office": "Lô Văn Xã",
    "office2": "Vi Thị Bản",
    "far_officer": "Nông Thị Xa",
    "far_approver": "Hoàng Văn Xa",
    "far_office": "Triệu Thị Xa",
}


@dataclass(frozen=True, slots=True)
class Places:
    """Codes of real communes: two of `office`, two of `office2`, one of each elsewhere."""

    own: str
    own_too: str
    other: str
    other_too: str
    far: str


def places() -> Places:
    from db.reference.places import communes

    here = [c.code for c in communes() if c.province_code == PROVINCE]
    far = next(c.code for c in communes() if c.province_code == ELSEWHERE)
    return Places(here[10], here[11], here[20], here[21], far)


def settle() -> None:
    """Accounts of every role, and their offices. Everybody's password is PASSWORD."""
    at = places()
    secret = hashed(PASSWORD)
    with unattended_writing("tests") as work:
        session = work.session
        offices = {
            "office": Office(province_code=PROVINCE, name="BHXH cơ sở Con Cuông"),
            "office2": Office(province_code=PROVINCE, name="BHXH cơ sở Quế Phong"),
            "far_office": Office(province_code=ELSEWHERE, name="BHXH cơ sở Bảo Lạc"),
        }
        session.add_all(offices.values())
        session.flush()
        for code, owner in (
            (at.own, "office"),
            (at.own_too, "office"),
            (at.other, "office2"),
            (at.other_too, "office2"),
            (at.far, "far_office"),
        ):
            session.add(OfficeCommune(commune_code=code, office_id=offices[owner].id or 0))
        for username, (role, province) in ACCOUNTS.items():
            session.add(
                Account(
                    username=username,
                    full_name=NAMES[username],
                    role=role,
                    province_code=province,
                    office_id=offices[username].id if role is Role.OFFICE else None,
                    password_hash=secret,
                    must_change_password=False,
                )
            )
        for province in (PROVINCE, ELSEWHERE):
            session.add(policy_row(province))


def usual_scale() -> PointScale:
    """What the defaults count for a card."""
    return policy_row(PROVINCE).scale(Benefit.HI)


def policy_row(province: str, **changes: Any) -> Policy:
    points = {c.code: [c.points_hi, c.points_si] for c in catalogue.categories()}
    return Policy(
        **{"province_code": province, "year": YEAR, "points": points, "seed": "tests", **changes}
    )


def add_pledge(
    *,
    province: str = PROVINCE,
    quantity: int = 10,
    benefit: Benefit = Benefit.HI,
    communes: tuple[str, ...] = (),
    paid: int | None = None,
    **changes: Any,
) -> int:
    """An active pledge of a new donor, paid in full unless `paid` says otherwise."""
    price = changes.pop("piece_price", 1_366_200)
    received = quantity * price if paid is None else paid
    with unattended_writing("tests") as work:
        donor = Donor(
            province_code=province,
            name="Công ty CP Dược Sông Lam",
            name_key="cong ty cp duoc song lam",
            created_at=NOW,
        )
        work.session.add(donor)
        work.session.flush()
        pledge = Pledge(
            **{
                "code": work.next_code("HT", province, YEAR),
                "province_code": province,
                "donor_id": donor.id,
                "year": YEAR,
                "benefit": benefit,
                "quantity": quantity,
                "free": quantity,
                "piece_price": price,
                "registered_on": TODAY,
                "received": received,
                "recorded_by": "officer",
                "recorded_at": NOW,
                **changes,
            }
        )
        work.session.add(pledge)
        work.session.flush()
        work.session.add_all(
            PledgeCommune(pledge_id=pledge.id, commune_code=code) for code in communes
        )
        if received:
            work.session.add(
                Receipt(
                    province_code=province,
                    pledge_id=pledge.id,
                    amount=received,
                    received_on=TODAY,
                    recorded_by="officer",
                    recorded_at=NOW,
                )
            )
        return pledge.id or 0


def add_list(
    *,
    commune: str | None = None,
    people: int = 3,
    state: ListState = ListState.SUBMITTED,
    nomination_state: NominationState = NominationState.LISTED,
    benefit: Benefit = Benefit.HI,
    round_: int = 1,
    seed: int = 1,
    province: str = PROVINCE,
    categories: tuple[str, ...] = ("HCN",),
) -> tuple[int, list[int]]:
    """A commune list with invented people; returns (list id, nomination ids)."""
    commune = commune or places().own
    dice = random.Random(f"{seed}-{commune}-{round_}")
    with unattended_writing("tests") as work:
        session = work.session
        owner = CommuneList(
            code=work.next_code("DS", province, YEAR),
            province_code=province,
            commune_code=commune,
            year=YEAR,
            round=round_,
            benefit=benefit,
            state=state,
            created_by="office",
            created_at=NOW,
            submitted_at=NOW,
        )
        session.add(owner)
        session.flush()
        upload = Upload(
            province_code=province,
            list_id=owner.id,
            file_name="danh-sach.csv",
            sha256=f"{owner.id:064d}",
            content=b"",
            mapping={},
            counts={"rows": people},
            sent_by="office",
            sent_at=NOW,
        )
        session.add(upload)
        session.flush()
        nominations = []
        for number in range(people):
            person = invented_person(dice, number, province, commune)
            session.add(person)
            session.flush()
            nomination = Nomination(
                province_code=province,
                commune_code=commune,
                list_id=owner.id,
                person_id=person.id,
                upload_id=upload.id,
                row_number=number + 2,
                benefit=benefit,
                year=YEAR,
                categories=list(categories),
                state=nomination_state,
                score=50 - number,
                points=[[categories[0], 40], ["never_insured", 10 - number]],
                created_at=NOW,
            )
            session.add(nomination)
            session.flush()
            nominations.append(nomination.id or 0)
        return owner.id or 0, nominations


def add_posted(
    *,
    closed: bool = True,
    opened: date = date(2026, 9, 8),
    due: date = date(2026, 9, 10),
    **given: Any,
) -> tuple[int, list[int], int]:
    """A list whose eligible people hang or have hung; (list id, nomination ids, posting id)."""
    state = ListState.CLOSED if closed else ListState.POSTED
    list_id, nominations = add_list(state=state, nomination_state=NominationState.ELIGIBLE, **given)
    with unattended_writing("tests") as work:
        owner = work.session.get_one(CommuneList, list_id)
        posting = Posting(
            province_code=owner.province_code,
            commune_code=owner.commune_code,
            list_id=list_id,
            state=PostingState.CLOSED if closed else PostingState.OPEN,
            place="Trụ sở UBND xã",
            opened_on=opened,
            due_on=due,
            closed_on=TODAY if closed else None,
            opened_by="office",
            people=[as_hung(*row).kept() for row in work.session.exec(to_be_hung(list_id))],
        )
        work.session.add(posting)
        work.session.flush()
        return list_id, nominations, posting.id or 0


def add_proposal(
    *,
    pledge_id: int,
    nomination_ids: list[int],
    state: ProposalState = ProposalState.SUBMITTED,
    match_state: MatchState = MatchState.PROPOSED,
    maker: str = "officer",
    donor_share: int = 409_860,
) -> tuple[int, list[int]]:
    """A proposal with one match per nomination, the pledge's buckets moved to fit."""
    bucket = {
        MatchState.PROPOSED: "reserved",
        MatchState.APPROVED: "approved",
        MatchState.ISSUED: "issued",
        MatchState.DELIVERED: "delivered",
    }.get(match_state)
    with unattended_writing("tests") as work:
        session = work.session
        pledge = session.get_one(Pledge, pledge_id)
        policy = session.exec(
            select(Policy).where(Policy.province_code == pledge.province_code)
        ).one()
        account = session.exec(select(Account).where(Account.username == maker)).one()
        proposal = Proposal(
            code=work.next_code("GH", pledge.province_code, YEAR),
            province_code=pledge.province_code,
            pledge_id=pledge_id,
            policy_id=policy.id or 0,
            year=YEAR,
            benefit=pledge.benefit,
            state=state,
            input_hash="0" * 64,
            seed="tests",
            made_by=maker,
            made_at=NOW,
            submitted_at=NOW,
            expires_on=date(2026, 9, 29),
        )
        session.add(proposal)
        session.flush()
        session.add(ProposalParticipant(proposal_id=proposal.id or 0, account_id=account.id or 0))
        matches = []
        for rank, nomination_id in enumerate(nomination_ids, start=1):
            nomination = session.get_one(Nomination, nomination_id)
            match = Match(
                province_code=pledge.province_code,
                commune_code=nomination.commune_code,
                proposal_id=proposal.id or 0,
                pledge_id=pledge_id,
                nomination_id=nomination_id,
                person_id=nomination.person_id,
                year=YEAR,
                benefit=pledge.benefit,
                state=match_state,
                rank=rank,
                score=nomination.score,
                why={"points": nomination.points},
                months=12,
                units=1,
                gross=1_366_200,
                state_share=1_366_200 - donor_share,
                local_share=0,
                donor_share=donor_share,
                delivered_on=TODAY if match_state is MatchState.DELIVERED else None,
                document_number=f"40{rank:08d}" if bucket in ("issued", "delivered") else None,
            )
            session.add(match)
            session.flush()
            matches.append(match.id or 0)
        if bucket:
            pledge.free -= len(matches)
            setattr(pledge, bucket, getattr(pledge, bucket) + len(matches))
            if bucket in ("issued", "delivered"):
                pledge.spent += donor_share * len(matches)
            session.add(pledge)
        return proposal.id or 0, matches


def invented_person(dice: random.Random, number: int, province: str, commune: str) -> Person:
    family = dice.choice(["Lô", "Vi", "Nguyễn", "Trần", "Moong", "Lương", "Kha", "Cụt"])
    middle = dice.choice(["Văn", "Thị", "Đình", "Thị Kim"])
    given = dice.choice(["Thọ", "Mận", "Hoa", "Pó", "Xoan", "Dũng", "Nga", "Khăm", "Liên"])
    name = f"{family} {middle} {given}"
    year = dice.randint(1945, 2000)
    female = "Thị" in middle
    return Person(
        province_code=province,
        commune_code=commune,
        full_name=name,
        name_key=name.lower(),
        sort_key=f"{given} {family} {middle}".lower(),
        birth_date=f"{year}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}",
        sex="F" if female else "M",
        cccd=f"0{province}{1 if female else 0}{year % 100:02d}{number:06d}",
        hamlet=dice.choice(["Bản Búng", "Bản Cò Phạt", "Bản Thái Sơn"]),
        created_at=NOW,
    )
