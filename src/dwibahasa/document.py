"""The objects that pass from stage to stage: frozen, made of tuples, free of behaviour that touches files.

All offsets are in code points. `Segment.start` and the spans of marks count in the document's text; the spans of
links, term matches and term uses count in their own segment's text (source side) or in the unit's target (target side).
"""

from dataclasses import dataclass, field
from typing import Literal, get_args

Role = Literal[
    "headline", "subheading", "paragraph", "caption", "byline", "dateline", "list_item", "related", "boilerplate"
]
Origin = Literal["mt", "memory", "human", "copied"]
State = Literal["initial", "translated", "reviewed", "final"]
MarkKind = Literal["bold", "italic", "underline", "strike", "code", "superscript", "subscript", "link"]
TermStatus = Literal["exact", "variant", "repaired", "missed", "conflict"]
TermStep = Literal["model", "n-best", "inline", "redecoding", "repair", "none"]
CaseRule = Literal["smart", "exact"]
Policy = Literal["prefer", "strict", "off"]

ROLES: tuple[Role, ...] = get_args(Role)
POLICIES: tuple[Policy, ...] = get_args(Policy)


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence: its text without outer white space, its start in the document's text, the white space after it."""

    text: str
    start: int
    space: str = ""

    @property
    def end(self) -> int:
        """Offset of the first code point after the text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Block:
    """A headline, a paragraph, a caption …: an id (`p3`), a role, at least one segment, and why it has that role
    where a rule or another block decided it (`cut-off duplicate of c2`)."""

    id: str
    role: Role
    segments: tuple[Segment, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Inline markup of the source: its kind over the span `[start, end)` of the document's text; `href` is the address
    of a link, as the source has it."""

    kind: MarkKind
    start: int
    end: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """What a structured source says of itself; empty where it does not. `date` is as the source writes it."""

    title: str = ""
    author: str = ""
    outlet: str = ""
    date: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A text cut into blocks. The text before the first segment is white space, and from there on the segments and
    their `space` rejoin to exactly `text`.

    `marks` are in order of their start, wider ones first. `format` is the name of the reader; `original` holds the
    bytes of a structured source, for a translated copy in the same format.
    """

    text: str
    blocks: tuple[Block, ...]
    name: str = "text"
    language: str = "id"
    marks: tuple[Mark, ...] = ()
    about: About = About()
    format: str = "text"
    original: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a term base.

    `accept` holds other right forms, `forbid` known wrong ones. `case` is `smart` (an entry in lower case matches
    any case, one with capitals matches exactly or in an all-capitals text) or `exact`. `file` and `line` say where
    the entry stands. The entry holds in a segment that has one of the expressions `near`, if there are any, and none of
    `not_near`.
    """

    source: str
    target: str
    accept: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    sense: str = ""
    case: CaseRule = "smart"
    note: str = ""
    citation: str = ""
    file: str = ""
    line: int = 0
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermMatch:
    """Where a term stands in a segment's text: `[start, end)` covers the term alone, without a clitic after it."""

    term: Term
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TermUse:
    """What became of a matched term in the target.

    `form` is the English form found there and `start`, `end` its span in the target; for `missed` and `conflict`
    the form is empty and both are -1. `step` names the control step that brought it: `model` (the engine's first
    choice), `n-best`, `inline`, `redecoding`, `repair`, or `none`.
    """

    match: TermMatch
    status: TermStatus
    form: str = ""
    start: int = -1
    end: int = -1
    step: TermStep = "none"


@dataclass(frozen=True, slots=True)
class Link:
    """A word link: source span `[s0, s1)` and target span `[t0, t1)`."""

    s0: int
    s1: int
    t0: int
    t1: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader should know: the name of the check and one sentence that says what and where."""

    check: str
    message: str


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """A segment and its translation.

    `target` and `origin` are None where the segment was left untranslated. `score` is the mean log-probability per
    target token (≤ 0), or None where no engine scored it. `language` is the BCP 47 tag of the source text.
    """

    id: str
    block: str
    role: Role
    segment: Segment
    target: str | None = None
    origin: Origin | None = None
    state: State = "initial"
    score: float | None = None
    language: str = "id"
    terms: tuple[TermUse, ...] = ()
    links: tuple[Link, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class BilingualDocument:
    """The units of a document in its order, the languages, and the signature that makes the output reproducible
    (`key:value|key:value`). `findings` concern the document as a whole."""

    source: Document
    units: tuple[TranslationUnit, ...]
    source_language: str = "id"
    target_language: str = "en"
    signature: str = ""
    findings: tuple[Finding, ...] = field(default=())

    @property
    def name(self) -> str:
        """Name of the source, such as `berita.txt`."""
        return self.source.name
