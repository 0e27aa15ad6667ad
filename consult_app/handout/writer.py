"""Puts the painted pages together as a file: pages, fonts, reading order and what it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

from consult_app.errors import FileError
from consult_app.handout.attachment import Attachment, embed_file
from consult_app.handout.document import Handout
from consult_app.handout.embedding import embed
from consult_app.handout.logo import NAME, embed_logo
from consult_app.handout.metadata import PRODUCER, describe
from consult_app.handout.objects import Part, Refer, stream, text, write
from consult_app.handout.pen import Pen
from consult_app.handout.tagging import build
from consult_app.wording import t


def write_file(
    handout: Handout, pen: Pen, profile: Path, attachment: Attachment | None = None
) -> bytes:
    """Return the file; the only date in it is the day of the consultation.

    Args:
        handout: What the sheet is.
        pen: Its painted pages.
        profile: The colour profile that says what the colours mean.
        attachment: What travels inside the file, or None.

    Raises:
        FileError: The profile cannot be read.
    """
    contents = ["\n".join(operators).encode("latin-1") + b"\n" for operators in pen.pages]
    fonts = {used.key: embed(used) for used in pen.used.values()}
    logo = embed_logo(handout.look)
    pages: list[Part] = []
    kids = Part(
        lambda refer: (
            f"<< /Type /Pages /Count {len(pages)} "
            f"/Kids [{' '.join(refer(page) for page in pages)}] >>"
        )
    )
    for number, content in enumerate(contents):
        pages.append(_make_page(number, stream(content), kids, (fonts, logo), pen))
    tree = build(pen.tree, tuple(pages))
    metadata = stream(
        describe(handout, 3 if attachment else 2).encode("utf-8"),
        "/Type /Metadata /Subtype /XML",
        packed=False,
    )
    intent = _intend(profile)
    held = embed_file(attachment, handout.made_on) if attachment else None

    def carry(refer: Refer) -> str:
        if attachment is None or held is None:
            return ""
        names = f"<< /Names [({attachment.name}) {refer(held)}] >>"
        return f"/AF [{refer(held)}] /Names << /EmbeddedFiles {names} >> "

    catalogue = Part(
        lambda refer: (
            f"<< /Type /Catalog /Pages {refer(kids)} /Lang {text(handout.language)} "
            f"/StructTreeRoot {refer(tree)} /MarkInfo << /Marked true >> "
            f"/ViewerPreferences << /DisplayDocTitle true /Duplex /DuplexFlipLongEdge >> "
            f"{carry(refer)}/Metadata {refer(metadata)} /OutputIntents [{refer(intent)}] >>"
        )
    )
    return write(catalogue, Part(lambda _: _inform(handout)), _fingerprint(contents))


def _make_page(
    number: int,
    content: Part,
    kids: Part,
    held: tuple[dict[str, Part], Part | None],
    pen: Pen,
) -> Part:
    fonts, logo = held
    links = [link for link, _ in pen.tree.links if link.page == number]

    def body(refer: Refer) -> str:
        names = " ".join(f"/{key} {refer(font)}" for key, font in fonts.items())
        picture = f"/XObject << /{NAME} {refer(logo)} >> " if logo else ""
        pressed = " ".join(refer(link.part) for link in links if link.part)
        annotations = f"/Annots [{pressed}] " if links else ""
        return (
            f"<< /Type /Page /Parent {refer(kids)} "
            f"/MediaBox [0 0 {pen.width:g} {pen.height:g}] /Contents {refer(content)} "
            f"/Resources << /Font << {names} >> {picture}/ProcSet [/PDF /Text] >> "
            f"{annotations}/StructParents {number} /Tabs /S >>"
        )

    return Part(body)


def _inform(handout: Handout) -> str:
    day = handout.made_on.strftime("D:%Y%m%d000000Z")
    return (
        f"<< /Title {text(handout.title)} /Author {text(handout.clinic_name)} "
        f"/Subject {text(handout.subject)} /Creator {text(PRODUCER)} /Producer {text(PRODUCER)} "
        f"/CreationDate ({day}) /ModDate ({day}) >>"
    )


def _intend(profile: Path) -> Part:
    """Return what the colours are meant for, as archives ask."""
    try:
        data = profile.read_bytes()
    except OSError as problem:
        raise FileError(
            t("The colour profile of the patient's sheet cannot be read."),
            t("Install the program again. The consultation is not affected."),
            (profile.name,),
        ) from problem
    colours = stream(data, "/N 3")
    return Part(
        lambda refer: (
            "<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) "
            f"/Info (sRGB) /DestOutputProfile {refer(colours)} >>"
        )
    )


def _fingerprint(contents: list[bytes]) -> bytes:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(content)
    return digest.digest()
