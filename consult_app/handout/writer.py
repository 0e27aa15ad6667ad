"""Puts the painted pages together as a file: pages, fonts, reading order and what it is."""

from __future__ import annotations

import hashlib
from xml.sax.saxutils import escape

from consult_app.handout.document import Handout
from consult_app.handout.embedding import embed
from consult_app.handout.objects import Part, Refer, stream, text, write
from consult_app.handout.pen import Pen
from consult_app.handout.tagging import build

PRODUCER = "consult-app"


def write_file(handout: Handout, pen: Pen) -> bytes:
    """Return the file; the only date in it is the day of the consultation."""
    contents = ["\n".join(operators).encode("latin-1") + b"\n" for operators in pen.pages]
    fonts = {used.key: embed(used) for used in pen.used.values() if used.pairs}
    pages: list[Part] = []
    kids = Part(
        lambda refer: (
            f"<< /Type /Pages /Count {len(pages)} "
            f"/Kids [{' '.join(refer(page) for page in pages)}] >>"
        )
    )
    for number, content in enumerate(contents):
        pages.append(_make_page(number, stream(content), kids, fonts, pen))
    tree = build(pen.tree, tuple(pages))
    metadata = stream(
        _describe(handout).encode("utf-8"), "/Type /Metadata /Subtype /XML", packed=False
    )
    catalogue = Part(
        lambda refer: (
            f"<< /Type /Catalog /Pages {refer(kids)} /Lang {text(handout.language)} "
            f"/StructTreeRoot {refer(tree)} /MarkInfo << /Marked true >> "
            f"/ViewerPreferences << /DisplayDocTitle true /Duplex /DuplexFlipLongEdge >> "
            f"/Metadata {refer(metadata)} >>"
        )
    )
    return write(catalogue, Part(lambda _: _inform(handout)), _fingerprint(contents))


def _make_page(number: int, content: Part, kids: Part, fonts: dict[str, Part], pen: Pen) -> Part:
    def body(refer: Refer) -> str:
        names = " ".join(f"/{key} {refer(font)}" for key, font in fonts.items())
        return (
            f"<< /Type /Page /Parent {refer(kids)} "
            f"/MediaBox [0 0 {pen.width:g} {pen.height:g}] /Contents {refer(content)} "
            f"/Resources << /Font << {names} >> /ProcSet [/PDF /Text] >> "
            f"/StructParents {number} /Tabs /S >>"
        )

    return Part(body)


def _inform(handout: Handout) -> str:
    day = handout.made_on.strftime("D:%Y%m%d000000Z")
    return (
        f"<< /Title {text(handout.title)} /Author {text(handout.clinic_name)} "
        f"/Subject {text(handout.subject)} /Creator {text(PRODUCER)} /Producer {text(PRODUCER)} "
        f"/CreationDate ({day}) /ModDate ({day}) >>"
    )


def _fingerprint(contents: list[bytes]) -> bytes:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(content)
    return digest.digest()


def _describe(handout: Handout) -> str:
    """Return the same facts once more in the form that archives read."""
    day = f"{handout.made_on.isoformat()}T00:00:00Z"
    title, subject = escape(handout.title), escape(handout.subject)
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{escape(handout.clinic_name)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>
</dc:description>
<dc:language><rdf:Bag><rdf:li>{escape(handout.language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{day}</xmp:CreateDate>
<xmp:ModifyDate>{day}</xmp:ModifyDate>
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>
<pdf:Producer>{PRODUCER}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>"""
