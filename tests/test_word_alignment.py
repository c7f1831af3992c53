"""Word links: a measured floor on hand-made links, cases by name, and what holds for any text."""

import gzip
import re
import time
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dwibahasa.word_alignment import TABLE, align
from dwibahasa.word_forms import numbers, root, stem, tokenize

GOLD = Path(__file__).parent / "data" / "word-links.tsv"


def read_gold():
    """(source, target, sure token pairs, sure and possible ones) of every line of the hand-made links."""
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            source, target, links = line.split("\t")
            pairs = {tuple(map(int, link.replace("?", "-").split("-"))): "-" in link for link in links.split()}
            yield source, target, {pair for pair, sure in pairs.items() if sure}, set(pairs)


def token_pairs(source, target):
    """The links of `align` as pairs of token numbers."""
    inside = [
        ([i for i, (a, b) in enumerate(tokenize(source)) if link.s0 <= a and b <= link.s1],
         [j for j, (a, b) in enumerate(tokenize(target)) if link.t0 <= a and b <= link.t1])
        for link in align(source, target)
    ]  # fmt: skip
    return {(i, j) for sources, targets in inside for i in sources for j in targets}


def linked(source, target):
    """The links as text, `source=target`."""
    return [f"{source[k.s0 : k.s1]}={target[k.t0 : k.t1]}" for k in align(source, target)]


def test_measure_on_the_second_half_of_the_hand_made_links():
    rows = list(read_gold())
    made = sure = found_sure = found = 0
    for source, target, gold, possible in rows[len(rows) // 2 :]:
        links = token_pairs(source, target)
        made, sure = made + len(links), sure + len(gold)
        found_sure, found = found_sure + len(links & gold), found + len(links & possible)
    error = 1 - (found_sure + found) / (made + sure)
    print(f"precision {found / made:.3f}, recall {found_sure / sure:.3f}, alignment error rate {error:.3f}")
    assert found / made > 0.95
    assert found_sure / sure > 0.9
    assert error < 0.07


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("senjata nuklir", "nuclear weapons", ["senjata=weapons", "nuklir=nuclear"]),
        ("Korea Utara", "North Korea", ["Korea=Korea", "Utara=North"]),
        ("kapal selam", "submarine", ["kapal selam=submarine"]),
        ("1.234,5 ton beras", "1,234.5 tons of rice", ["1.234,5=1,234.5", "ton=tons", "beras=rice"]),
        ("Rabu (19/6)", "Wednesday (June 19)", ["Rabu=Wednesday", "19/6=June 19"]),
        ("paket ke-18", "the 18th package", ["paket=package", "ke-18=18th"]),
        ("pasarnya", "its market", ["pasarnya=its market"]),
        ("kapal buatan AS", "U.S.-made ships", ["kapal=ships", "buatan AS=U.S.-made"]),
        ("Zelensky tiba", "Zelenskyy arrived", ["Zelensky=Zelenskyy", "tiba=arrived"]),
        ("“Pakta itu defensif”, katanya.", "“The pact is defensive,” he said.", ["Pakta=pact", "defensif=defensive"]),
    ],
)
def test_links(source, target, expected):
    assert [link for link in linked(source, target) if link in expected] == expected


def test_repeated_words_keep_their_order():
    source, target = "dari pantai ke pantai", "from coast to coast"
    assert linked(source, target) == ["dari=from", "pantai=coast", "ke=to", "pantai=coast"]


@pytest.mark.parametrize("texts", [("", ""), ("", "peace"), ("damai", ""), ("…", "—"), ("???", "peace")])
def test_nothing_to_link(texts):
    assert align(*texts) == ()


@pytest.mark.parametrize(
    "forms",
    [
        "tangkap menangkap ditangkap penangkapan tertangkap",
        "kuat memperkuat menguatkan kekuatan penguatan",
        "tahan bertahan pertahanan mempertahankan",
        "didik mendidik pendidikan",
        "naik kenaikan menaikkan",
        "kirim mengirim pengiriman dikirimkan kirimannya",
        "ubah mengubah perubahan berubah",
        "serang menyerang serangan",
        "kerja bekerja pekerja pekerjaan kerjanya",
        "negara negara-negara negaranya",
        "pura berpura-pura",
    ],
)
def test_root_is_shared(forms):
    assert len({root(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    "forms", ["sign signs signed signing", "plan planned planning", "country countries", "use used using"]
)
def test_stem_is_shared(forms):
    assert len({stem(form) for form in forms.split()}) == 1


words = st.text(alphabet=st.sampled_from("aeikmnprs -.,'’“”012%\n"), max_size=80)


@given(words | st.text(max_size=60), words | st.text(max_size=60))
def test_any_text(source, target):
    links = align(source, target)
    assert links == align(source, target)
    assert list(links) == sorted(links, key=lambda k: (k.s0, k.s1, k.t0, k.t1))
    assert len(set(links)) == len(links)
    starts, ends = ({span[side] for span in tokenize(source)} for side in (0, 1))
    assert all(link.s0 in starts and link.s1 in ends for link in links)
    starts, ends = ({span[side] for span in tokenize(target)} for side in (0, 1))
    assert all(link.t0 in starts and link.t1 in ends for link in links)


def seconds(source, target):
    align("damai", "peace")
    start = time.process_time()
    links = align(source, target)
    assert links
    return time.process_time() - start


def test_a_long_pair_takes_little_time():
    rows = list(read_gold())[:20]
    source, target = (" ".join(row[side] for row in rows) for side in (0, 1))
    assert len(tokenize(source)) > 250
    assert seconds(source, target) < 1


def test_repeated_words_do_not_make_time_quadratic():
    texts = "negara dan ", "country and "
    once, fourfold = (seconds(*(text * count for text in texts)) for count in (500, 2000))
    assert fourfold < 10 * once


def test_numbers_and_dates():
    assert numbers("1.234,5") == numbers("1,234.5", english=True) == ["1234.5"]
    assert numbers("19/6") == ["19", "6", "june"]
    assert numbers("96/2025") == ["96", "2025"]


def test_table_is_well_formed_and_reproducible():
    data = (files("dwibahasa") / "data" / TABLE).read_bytes()
    assert data[4:8] == bytes(4), "the gzip header holds a time"
    lines = gzip.decompress(data).decode().splitlines()
    assert lines == sorted(set(lines))
    assert len({line.partition("\t")[0] for line in lines}) == len(lines)
    assert all(re.fullmatch(r"\S+\t\S+[0-9a-z]{2}( \S+[0-9a-z]{2})*", line) for line in lines)
