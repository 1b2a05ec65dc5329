"""What a version of the plan changed in the one before it."""

from collections.abc import Iterator
from datetime import date

from waymark.support.models import Piece, Plan
from waymark.support.reading.plans import kind_named, level_named

OF_THE_PLAN = (
    ("Level", "level"), ("Why no lower level", "level_why"),
    ("Risks to those who give support", "risks_to_providers"), ("Named lead", "case_lead"),
    ("Who asks for consent", "asker"), ("How consent is asked", "ask_how"),
)  # fmt: skip
OF_A_PIECE = (
    ("What the person wants from it", "aim"), ("What it answers", "answers_how"),
    ("What there is locally", "locally"), ("How one sees that it works", "works_how"),
    ("Brief", "brief"), ("Lead", "lead"), ("Given by", "provider_user"), ("How often", "rhythm"),
    ("Sessions", "sessions_ordered"), ("From", "from_date"), ("Until", "until_date"),
    ("Risk to whoever gives it", "risk_to_worker"), ("What is done about it", "risk_done"),
    ("Safe way to make contact", "safe_contact"), ("For the whole family", "whole_family"),
)  # fmt: skip


def changed(plan: Plan) -> list[tuple[str, str]]:
    """What is different, each as what it is about and what was and is; nothing of a first one."""
    before = plan.follows
    if before is None:
        return []
    return [*_fields(before, plan, OF_THE_PLAN), *_needs(before, plan), *_pieces(before, plan)]


def _fields(
    old: Plan | Piece, new: Plan | Piece, names: tuple[tuple[str, str], ...], of: str = ""
) -> Iterator[tuple[str, str]]:  # fmt: skip
    for called, name in names:
        was, is_now = _words(old, name), _words(new, name)
        if was != is_now:
            yield f"{of}{called}", f"Was: {was or 'nothing'}\nIs now: {is_now or 'nothing'}"


def _words(row: Plan | Piece, name: str) -> str:
    value = getattr(row, name)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if name == "rhythm" and isinstance(row, Piece):
        return row.get_rhythm_display()
    if name == "level":
        return level_named(value) if value else ""
    return str(getattr(value, "name", value) or "")


def _needs(old: Plan, new: Plan) -> Iterator[tuple[str, str]]:
    was, is_now = ({one.words for one in plan.needs.all()} for plan in (old, new))
    yield from (("Now to be addressed", words) for words in sorted(is_now - was))
    yield from (("No longer listed", words) for words in sorted(was - is_now))


def _pieces(old: Plan, new: Plan) -> Iterator[tuple[str, str]]:
    """Pieces of the same kind by the same provider are one that goes on."""
    was, is_now = _by_kind(old), _by_kind(new)
    for key in is_now.keys() - was.keys():
        yield "New support", _named(is_now[key])
    for key in was.keys() - is_now.keys():
        yield "No longer planned", _named(was[key])
    for key in sorted(was.keys() & is_now.keys()):
        of = f"{kind_named(is_now[key].kind)[0]}: "
        yield from _fields(was[key], is_now[key], OF_A_PIECE, of)


def _by_kind(plan: Plan) -> dict[tuple[str, int, int], Piece]:
    found: dict[tuple[str, int, int], Piece] = {}
    for piece in plan.pieces.select_related("lead", "provider", "provider_user"):
        alike = sum((piece.kind, piece.provider_id) == key[:2] for key in found)
        found[piece.kind, piece.provider_id, alike] = piece
    return found


def _named(piece: Piece) -> str:
    return f"{kind_named(piece.kind)[0]} by {piece.provider.name}"
