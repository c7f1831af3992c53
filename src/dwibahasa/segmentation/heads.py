"""The head of an article, from its first line to its first paragraph: letterhead, sections, headline, bylines,
captions."""

import itertools
import re
from collections.abc import Sequence

from . import captions, data
from .bylines import maker, name_first, person, several
from .credits import names_source
from .datelines import place_before_dash
from .furniture import breadcrumb, invitation, letterhead, section, ticker
from .lines import Draft
from .shapes import heading, institution, stopped, titled, words

HEAD = 60  # blocks, at most, among which credits above a caption are looked for
_DAY = re.compile(r"\(\d{1,2}/\d{1,2}")
_OUTLET = re.compile(r"\s*[|–—-]\s*\w.*")
_CAPITALS = re.compile(r"[A-Z][A-Z .'-]{2,30}(?:, [A-Z]\w+)?")
_SINCE = re.compile(r"\b(?:sejak|since|est\.?) \d{4}$", re.IGNORECASE)
NAME = 4  # words: a line of capitals in the head that is as long is rather a headline than a name


def letterheads(drafts: list[Draft]) -> None:
    """Letterheads and section names, which count only above the first paragraph."""
    last = -1
    for index, draft in enumerate(drafts):
        if draft.role:
            continue
        if stopped(draft.text) and words(draft.text) > 12:
            break
        draft.role, draft.reason, _ = letterhead(draft.text)
        if draft.role:
            last = index
        elif ticker(draft.text):
            draft.role, draft.reason = "boilerplate", "price or rate"
        elif section(draft.text.removeprefix("dalam ")):
            draft.role, draft.reason = "boilerplate", "section name"
    for draft in drafts[: max(last, 0)]:
        if not draft.role and institution(draft.text):
            draft.role, draft.reason = "boilerplate", "letterhead: name above it"
    for draft, following in itertools.pairwise(drafts[last : last + 4] if last >= 0 else ()):
        longer = not following.role and heading(following.text) and words(draft.text) < words(following.text)
        if longer and not draft.role and institution(draft.text):
            draft.role, draft.reason = "boilerplate", "letterhead: name below it"


def mark(drafts: list[Draft]) -> None:
    """The roles of the head: of the lines that look like headings one is the headline; short ones above it are names
    of sections, names below it bylines; running text before the first paragraph may be a caption."""
    lines: list[Draft] = []
    end = 0
    above = {id(draft): before for before, draft in itertools.pairwise(drafts[:HEAD])}
    for draft, following, dated in _open(drafts):
        if draft.role:
            break
        if lines and (reason := _caption(draft, above.get(id(draft)), following, dated)):
            draft.role, draft.reason = "caption", reason
        elif _line(draft.text) or (not lines and (_trails_off(draft.text) or _asks(draft, drafts))):
            lines.append(draft)
        else:
            break
        end = following.start if following else drafts[-1].end
    if not lines:
        _promote(drafts)
    else:
        headline = _headline(lines)
        if _trails_off(headline.text) or (headline is lines[0] and _asks(headline, drafts)):
            headline.role = "headline"
        _bylines(drafts, headline, end)
        _among_furniture(drafts, headline, end)
        _place(drafts, headline)
        for draft in drafts:
            again = draft.text == headline.text or _page_title(draft.text, headline.text)
            if again and not draft.role and draft is not headline and words(draft.text) >= NAME:
                draft.role, draft.reason, draft.twin = "boilerplate", "duplicate", headline


def _promote(drafts: Sequence[Draft]) -> None:
    """Where no line is left for a headline, the first that a label took (`Sumber: Rusia Siap Mundur`) is it."""
    for draft in drafts:
        if draft.role in ("", "paragraph", "list_item", "subheading"):
            return
        taken = draft.role in ("byline", "caption") or draft.reason.startswith(("section name", "letterhead"))
        long = words(draft.text) >= NAME or draft.reason == "section name"
        if taken and long and heading(draft.text) and not person(draft.text.partition(":")[2]):
            draft.role, draft.reason = "headline", ""
            return


def _open(drafts: Sequence[Draft]) -> list[tuple[Draft, Draft | None, bool]]:
    """The drafts without a role of their own and the list items, each with the next one, and whether that one opens
    with a dateline or follows one."""
    found: list[tuple[Draft, Draft | None, bool]] = []
    following, dated = None, False
    for draft in reversed(drafts):
        if draft.reason == "place before a dash":
            dated = True
        elif draft.role in ("", "list_item"):
            found.append((draft, following, dated))
            following, dated = draft, captions.opens_dated(draft.text)
    return found[::-1]


def _line(text: str) -> bool:
    """Whether TEXT may be a headline, a section or a name."""
    return words(text) <= 30 and len(text) <= 220 and (heading(text) or person(text))


def _trails_off(text: str) -> bool:
    """A first line such as `Ketika Laut Pergi…`."""
    return text.endswith(("...", "…")) and words(text) <= 14 and heading(text.rstrip(".…"))


def _asks(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """A first line of several sentences, the last of them a question, right above a byline, a date or a caption."""
    if draft.text[-1] != "?" or words(draft.text) > 20 or heading(draft.text):
        return False
    below = next((other for other in drafts if other.start > draft.start), draft)
    return below.role in ("byline", "dateline", "caption")


def _caption(draft: Draft, above: Draft | None, following: Draft | None, dated: bool) -> str:
    """Why the draft, which is not the headline, is a caption; empty if it is none. ABOVE: the draft of the head before
    it; DATED: the text begins after it."""
    if not following or following.role or len(draft.text) > captions.LONGEST:
        return ""
    if draft.twinned:
        return "stands twice in the head"
    if above and above.role == "caption" and not draft.gap and words(above.text) <= 6 and stopped(draft.text):
        return "below a credit" if words(draft.text) <= 40 and _DAY.search(draft.text) else ""
    if dated and draft.text[-1] in ".)" and _by_outlet(following.text) and not _by_outlet(draft.text):
        return "before the dateline"
    return captions.in_head(draft.text, dated)


def _by_outlet(text: str) -> bool:
    """Whether TEXT opens with a dateline that names an outlet."""
    return any(names_source(word.strip("(),")) for word in text[: place_before_dash(text)].split())


def _headline(lines: Sequence[Draft]) -> Draft:
    """The headline among the lines of the head that look like one; gives those above it their role."""
    longest = [""] * (len(lines) + 1)
    for index in range(len(lines) - 1, -1, -1):
        text = lines[index].text
        name = maker(text) and words(text) < NAME
        longest[index] = text if not name and words(text) >= words(longest[index + 1]) else longest[index + 1]
    for index, line in enumerate(lines[:-1]):
        if not _above(line, lines[index + 1], longest[index + 1]):
            return line
        line.role, line.reason = "boilerplate", "above the headline"
    return lines[-1]


def _above(line: Draft, following: Draft, longest: str) -> bool:
    """Whether a line is a kicker, a breadcrumb or a slogan and not the headline: short beside LONGEST, the longest
    line of the head after it."""
    count, most = words(line.text), words(longest)
    if line.text[-1] in "?!":
        return False
    if (line.text.startswith("Rubrik ") and count < NAME) or invitation(line.text):
        return True
    if _page_title(line.text, following.text) or _page_title(line.text, longest):
        return True
    spoken = line.text[0].isupper() and not titled(line.text) and not following.gap
    if spoken and count <= 8 and most > NAME and most >= count and titled(longest):
        return True
    if _slogan(line.text):
        return True
    if most < max(NAME, count + 2):
        return False
    if institution(line.text) and titled(line.text) and _capitals(line.text) and not following.gap and titled(longest):
        return True
    if breadcrumb(line.text) or (institution(line.text) and line.text.isupper() and not following.text.isupper()):
        return True
    if count <= 5 and line.text.split()[0].casefold() in data.folded("genres") and line.text[-1] != ":":
        return True
    if count in (3, NAME) and not following.gap and most >= count + 3 and _capitals(line.text) and _capitals(longest):
        return not person(longest)
    if count == 3:
        return line.text.isupper() and not following.gap and not following.text.isupper()
    return count < 3 and (line.text.isupper() or (not following.gap and (count == 1 or titled(longest))))


def _capitals(text: str) -> bool:
    """Whether all words of five letters or more have a capital, prepositions aside."""
    return all(
        word[0].isupper()
        for word in text.split()
        if len(word) > 4 and word[0].isalpha() and word not in data.words("unfinished")
    )


def _page_title(text: str, headline: str) -> bool:
    """Whether TEXT is the headline with the name of the outlet behind it: `Menteri Tiba di Wina | Lensa Dunia`."""
    outlet = text.removeprefix(headline)
    return len(outlet) < len(text) and len(outlet) < 40 and bool(_OUTLET.fullmatch(outlet))


def _slogan(text: str) -> bool:
    """`Tajam dan Terpercaya`, `suara.com - Temukan berita terkini`: what an outlet says of itself."""
    outlet, dash, _ = text.partition(" - ")
    if (dash and names_source(outlet)) or _SINCE.search(text):
        return True
    parts = text.casefold().replace(",", " ").split()
    return len(parts) > 1 and all(part in data.folded("mottos") for part in parts)


def _bylines(drafts: Sequence[Draft], headline: Draft, end: int) -> None:
    """Names of people, outlets and teams beside a date line or another byline, below the headline and up to END."""
    places = [index for index, draft in enumerate(drafts) if headline.start < draft.start < end]
    for index in (*reversed(places), *places):
        draft = drafts[index]
        above, below = _beside(drafts, index)
        drawn = draft.text.casefold().startswith(("ilustrasi", "grafis", "info"))
        if draft.role == "caption" and "byline" in (above.role, below.role) and _named(draft) and not drawn:
            draft.role, draft.reason = "byline", "name beside a byline"
        if draft.role and draft.reason not in ("name of an outlet", "pattern: Redaksi"):
            if draft.reason.endswith(" lalu"):
                draft.role, draft.reason = "dateline", "time in the head"
            continue
        alone = above is headline and _dated(below) and _single(draft.text)
        if _single(draft.text) and _dated(above) and below.role in ("boilerplate", "caption"):
            alone = True
        if person(draft.text) and above is headline and (_job(below.text) or _timed(drafts[index + 1 : index + 2])):
            alone = True
            if not below.role and _job(below.text):
                below.role, below.reason = "byline", "office below a name"
        apart = any(other.gap or captions.opens_dated(other.text) for other in drafts[index + 1 : index + 2])
        if above is headline and not draft.gap and apart and not draft.role:
            named = maker(draft.text) or name_first(draft.text)
            alone = alone or (named and words(draft.text) > 1 and not section(draft.text))
        made = maker(draft.text) or name_first(draft.text) or several(draft.text)
        if alone or (made and any(_dated(other) or other.role == "byline" for other in (above, below))):
            draft.role, draft.reason = "byline", "name beside a date or byline"


def _single(text: str) -> bool:
    """Whether TEXT is one word with a capital that is no name of a section or genre (`Muhaimin`), or initials."""
    if text.isalpha() and text.isupper() and len(text) <= 3:
        return not section(text)
    return words(text) == 1 and text.istitle() and not section(text) and text.casefold() not in data.folded("genres")


def _job(text: str) -> bool:
    return words(text) <= 8 and text.split(None, 1)[0].casefold() in data.folded("jobs")


def _timed(following: Sequence[Draft]) -> bool:
    """Whether the reading time follows."""
    return any(draft.role == "boilerplate" and "{n} m" in draft.reason for draft in following)


def _among_furniture(drafts: Sequence[Draft], headline: Draft, end: int) -> None:
    """Lines of up to three words right below furniture, between the headline and the text."""
    for above, draft in itertools.pairwise(drafts):
        if headline.start < above.start and draft.start < end and not draft.role and not draft.gap:
            label = draft.text.rstrip(" :").casefold() in data.folded("points")
            asks = label or draft.text[-1] == "?"
            if above.role == "boilerplate" and words(draft.text) <= 3 and not stopped(draft.text) and not asks:
                draft.role, draft.reason = "boilerplate", "below furniture in the head"


def _place(drafts: Sequence[Draft], headline: Draft) -> None:
    """A place in capitals between the headline and the first paragraph: `OSLO`, `NIIGATA, Jepang`."""
    for draft, following in itertools.pairwise(drafts):
        if draft.start > headline.start and not draft.role:
            capitals = words(draft.text) <= 3 and _CAPITALS.fullmatch(draft.text) and not section(draft.text)
            if capitals and not following.role and stopped(following.text):
                draft.role, draft.reason = "dateline", "place"
            return


def _beside(drafts: Sequence[Draft], index: int) -> tuple[Draft, Draft]:
    """The drafts above and below, past rules and counters; the draft itself where there is none."""
    above = next((other for other in drafts[max(index - 2, 0) : index][::-1] if not _thin(other)), drafts[index])
    below = next((other for other in drafts[index + 1 : index + 3] if not _thin(other)), drafts[index])
    return above, below


def _thin(draft: Draft) -> bool:
    return draft.role == "boilerplate" and draft.reason != "name of an outlet" and len(draft.text) < 20


def _named(draft: Draft) -> bool:
    return draft.reason.startswith("label") and person(draft.text.partition(":")[2].strip())


def _dated(draft: Draft) -> bool:
    return draft.role == "dateline" and draft.reason != "clock time"
