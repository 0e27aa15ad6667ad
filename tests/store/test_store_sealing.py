"""Sealing and derivation against known answers; a seal opens at its own place only."""

from __future__ import annotations

import hmac
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from consult_app.store.derivation import KeyRing, derive_key
from consult_app.store.sealing import (
    CHUNK_BYTES,
    NONCE_BYTES,
    AesSealer,
    PlainSealer,
    Row,
    SealBrokenError,
    Sealer,
    Shares,
)

STORE = "0123456789abcdef0123456789abcdef"
DATA_KEY = bytes(range(32))
PLACE = ("drafts", "d1", 7)
DOCUMENT = b'{"patient":{"name":"Ana"}}'
KEY = "a" * 64


def _sealer() -> AesSealer:
    return AesSealer(STORE, DATA_KEY)


def test_the_library_knows_aes_256_gcm() -> None:
    """Test case 16 of the specification of GCM (McGrew and Viega)."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    text = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    bound = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    nonce = bytes.fromhex("cafebabefacedbaddecaf888")
    sealed = (
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b"
    )
    assert AESGCM(key).encrypt(nonce, text, bound).hex() == sealed


def test_the_library_knows_hkdf() -> None:
    """Test case 1 of RFC 5869."""
    derived = HKDF(hashes.SHA256(), 42, bytes(range(13)), bytes(range(0xF0, 0xFA))).derive(
        b"\x0b" * 22
    )
    assert derived.hex() == (
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    )


def test_the_library_knows_argon2id() -> None:
    """Section 5.3 of RFC 9106."""
    argon = Argon2id(
        salt=b"\x02" * 16,
        length=32,
        iterations=3,
        lanes=4,
        memory_cost=32,
        ad=b"\x04" * 12,
        secret=b"\x03" * 8,
    )
    assert argon.derive(b"\x01" * 32).hex() == (
        "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"
    )


@pytest.mark.parametrize("purpose", ["row", "name", "tally", "audit", "attachment"])
def test_every_key_follows_from_the_data_key_by_hkdf(purpose: str) -> None:
    """Written out with HMAC alone: extract, then one block of expand."""
    extracted = hmac.digest(STORE.encode(), DATA_KEY, "sha256")
    expanded = hmac.digest(extracted, f"consult-app/1/{purpose}".encode() + b"\x01", "sha256")
    assert derive_key(DATA_KEY, STORE, purpose) == expanded
    assert getattr(KeyRing.derive(DATA_KEY, STORE), purpose) == expanded


def test_keys_of_other_purposes_stores_and_data_keys_are_unlike() -> None:
    keys = [
        derive_key(data_key, store, purpose)
        for data_key in (DATA_KEY, bytes(32))
        for store in (STORE, "f" * 32)
        for purpose in ("row", "name", "tally", "audit", "attachment")
    ]
    assert len(set(keys)) == len(keys)
    assert "row" not in repr(KeyRing.derive(DATA_KEY, STORE))


def _spell(*parts: str) -> bytes:
    return b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)


def test_a_row_is_nonce_and_ciphertext_bound_to_its_place() -> None:
    """So that another program can be written from the description alone."""
    sealed = _sealer().seal(*PLACE, DOCUMENT)
    key = derive_key(DATA_KEY, STORE, "row")
    bound = _spell(STORE, "drafts", "d1", "7", "1")
    assert AESGCM(key).decrypt(sealed[:12], sealed[12:], bound) == DOCUMENT
    assert len(sealed) == 12 + len(DOCUMENT) + 16


def test_what_was_sealed_once_opens_for_ever() -> None:
    """Pinned: if this fails, the records of every clinic have become unreadable."""
    row = bytes.fromhex(
        "000102030405060708090a0b131a2c93cc495c152bb6b1b1db09b2a3be363986"
        "fed74add5393e655cdb68fe5ed0a39d04d8bd851e0dd"
    )
    chunk = bytes.fromhex("000102030405060708090a0bbf3c5d419ad7a4b7e63c230162aef42e372bd1da86")
    assert _sealer().open(*PLACE, row) == DOCUMENT
    assert _sealer().open_chunks(KEY, chunk) == b"%PDF-"
    name = "d79735d5394c36c441ac45e04fca6c29aa21a5b22a407923eacc408f33932fea"
    assert _sealer().name_of(KEY) == name
    assert _sealer().digest(DOCUMENT) == (
        "9572cdacc3be2c7aa22dabe04602988831abbdf3909602622428722b1a8d6345"
    )
    assert f"{_sealer().mark(*PLACE):064x}" == (
        "561d7d26ca61a480f8270c9bbfaf6f98bd73307d1c51a7b84025d7f79852e6d7"
    )


@pytest.mark.parametrize(
    "place",
    [
        ("drafts", "d1", 8),
        ("drafts", "d2", 7),
        ("patients", "d1", 7),
        ("draft", "sd1", 7),
        ("drafts", "d", 17),
    ],
)
def test_a_row_opens_nowhere_else(place: tuple[str, str, int]) -> None:
    sealer = _sealer()
    sealed = sealer.seal(*PLACE, DOCUMENT)
    assert sealer.open(*PLACE, sealed) == DOCUMENT
    with pytest.raises(SealBrokenError):
        sealer.open(*place, sealed)


@pytest.mark.parametrize("sealer", [AesSealer(STORE, DATA_KEY), PlainSealer(STORE)])
def test_examining_many_rows_says_what_opening_each_says(sealer: Sealer) -> None:
    places = [("drafts", "d1", 7), ("drafts", "Zoë 👍", 12), ("audit", "1", 1), ("drafts", "", 0)]
    rows: list[Row] = [
        (n, place[0].encode(), place[1].encode(), place[2], sealer.seal(*place, DOCUMENT))
        for n, place in enumerate(places)
    ]
    moved = (9, b"drafts", b"d2", 7, rows[0][-1])
    torn = (10, b"patients", b"p1", 3, rows[0][-1][:5])
    spoilt = (11, b"drafts", b"d\xff", 7, rows[0][-1])
    shares: Shares = defaultdict(lambda: [0, 0])

    assert sealer.examine([*rows, moved, torn, spoilt], shares) == [moved, torn, spoilt]
    assert sealer.examine(rows, shares) == []
    for table, number in ((b"audit", 2), (b"patients", 1), (b"drafts", 8)):
        assert shares[table][0] == number, table
    assert shares[b"audit"][1] == 2 * sealer.mark("audit", "1", 1)
    assert shares[b"patients"][1] == sealer.mark("patients", "p1", 3)


@pytest.mark.parametrize(
    "other", [AesSealer("f" * 32, DATA_KEY), AesSealer(STORE, bytes(32)), PlainSealer(STORE)]
)
def test_nothing_opens_in_another_store_or_with_another_key(other: Sealer) -> None:
    sealer = _sealer()
    with pytest.raises(SealBrokenError):
        other.open(*PLACE, sealer.seal(*PLACE, DOCUMENT))
    if isinstance(other, AesSealer):
        with pytest.raises(SealBrokenError):
            other.open_chunks(KEY, _seal(sealer, DOCUMENT))
    assert other.mark(*PLACE) != sealer.mark(*PLACE)
    assert other.digest(DOCUMENT) != sealer.digest(DOCUMENT)
    assert other.name_of(KEY) != sealer.name_of(KEY)


@given(data=st.binary(max_size=60), at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_any_flipped_bit_is_noticed(data: bytes, at: int, bit: int) -> None:
    sealer = _sealer()
    sealed = sealer.seal(*PLACE, data)
    with pytest.raises(SealBrokenError):
        sealer.open(*PLACE, _flip(sealed, at, bit))
    chunk = _seal(sealer, data)
    assert sealer.open_chunks(KEY, chunk) == data
    with pytest.raises(SealBrokenError):
        sealer.open_chunks(KEY, _flip(chunk, at, bit))


@given(cut=st.integers(0, 60))
def test_bytes_that_were_cut_off_are_noticed(cut: int) -> None:
    sealer = _sealer()
    with pytest.raises(SealBrokenError):
        sealer.open(*PLACE, sealer.seal(*PLACE, bytes(40))[:cut])
    with pytest.raises(SealBrokenError):
        sealer.open_chunks(KEY, _seal(sealer, bytes(40))[:cut])


def _flip(data: bytes, at: int, bit: int) -> bytes:
    flipped = bytearray(data)
    flipped[at % len(data)] ^= 1 << bit
    return bytes(flipped)


def test_an_attachment_opens_with_its_own_key_only() -> None:
    sealer = _sealer()
    sealed = _seal(sealer, b"%PDF-")
    with pytest.raises(SealBrokenError):
        sealer.open_chunks("b" * 64, sealed)
    assert KEY not in sealer.name_of(KEY)


def test_the_pieces_of_an_attachment_stay_in_their_places_and_complete() -> None:
    sealer = _sealer()
    data = b"a" * CHUNK_BYTES + b"b" * CHUNK_BYTES + b"c"
    first, second, last = sealer.seal_chunks(KEY, data)
    assert sealer.open_chunks(KEY, first + second + last) == data
    for wrong in (
        second + first + last,
        first + last,
        first + second,
        first,
        first + second + last + last,
        first + first + second + last,
        b"",
    ):
        with pytest.raises(SealBrokenError):
            sealer.open_chunks(KEY, wrong)


def _seal(sealer: AesSealer, data: bytes) -> bytes:
    return b"".join(sealer.seal_chunks(KEY, data))


def test_a_data_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        AesSealer(STORE, bytes(16))


def _take_nonces(count: int) -> Iterator[bytes]:
    sealer = _sealer()
    return (sealer.seal(*PLACE, b"")[:NONCE_BYTES] for _ in range(count))


def _find_repeats(nonces: Iterable[bytes]) -> int:
    return sum(times - 1 for times in Counter(nonces).values())


def test_no_nonce_is_used_twice() -> None:
    assert _find_repeats(_take_nonces(100_000)) == 0


@pytest.mark.long
@pytest.mark.timeout(600)
def test_no_nonce_is_used_twice_in_a_million() -> None:
    assert _find_repeats(_take_nonces(1_000_000)) == 0


def test_the_same_check_notices_nonces_that_are_too_short() -> None:
    assert _find_repeats(nonce[:3] for nonce in _take_nonces(20_000)) > 0
