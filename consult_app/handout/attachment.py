"""A file that travels inside the sheet, for other programs to read (PDF/A-3)."""

from __future__ import annotations

from datetime import date

from consult_app.handout.objects import Part, stream, text
from consult_app.values import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file inside the sheet.

    Attributes:
        name: Of the file, without the patient's name.
        mime: Kind of the content, such as `application/fhir+json`.
        about: What it is, for people.
        data: The content.
    """

    name: str
    mime: str
    about: str
    data: bytes = field(repr=False)


def embed_file(attachment: Attachment, made_on: date) -> Part:
    """Return the file for the sheet, as data that belongs to the whole of it."""
    kind = attachment.mime.replace("/", "#2F")
    day = made_on.strftime("D:%Y%m%d000000Z")
    content = stream(
        attachment.data,
        f"/Type /EmbeddedFile /Subtype /{kind} "
        f"/Params << /Size {len(attachment.data)} /ModDate ({day}) >>",
    )
    return Part(
        lambda refer: (
            f"<< /Type /Filespec /F ({attachment.name}) /UF {text(attachment.name)} "
            f"/AFRelationship /Data /Desc {text(attachment.about)} "
            f"/EF << /F {refer(content)} /UF {refer(content)} >> >>"
        )
    )
