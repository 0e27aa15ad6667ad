"""Addendum: what is added to a signed record, which itself stays as it was signed."""

from __future__ import annotations

from consult_app.gui.panel import Panel
from consult_app.gui.phrases import write_day, write_time
from consult_app.gui.widgets.cards import Card
from consult_app.gui.widgets.fields import TextArea
from consult_app.gui.widgets.labels import Label
from consult_app.wording import t


class AddendumPanel(Panel):
    """Takes the text, and locks it."""

    step = "addendum"
    title = t("Addendum")
    subtitle = t("The signed record stays as it is. Sign and lock the addendum with {accept}.")
    signs = True

    def build(self) -> None:
        """Make the card."""
        card = Card(self.theme, name=t("Addendum"))
        last = self.session.last
        if last is not None and last.signed_at is not None:
            signed = f"{write_day(last.signed_at.date())} {write_time(last.signed_at)}"
            who = last.practitioner.name or t("nobody named")
            text = t(
                "To the record of {day}, signed {signed} by {who}.",
                day=write_day(last.visit_date),
                signed=signed,
                who=who,
            )
            card.add(Label(self.theme, text, "body", "text2", wrap=True))
        self.text = TextArea(self.theme, t("What is added or corrected, and why"), rows=6)
        self.text.edited.connect(lambda text: self.session.set("addendum", text))
        card.add(self.text)
        self.pane.body.addWidget(card)

    def refresh(self) -> None:
        """Show the text."""
        self.text.set_text(self.session.visit.addendum)

    def focus_first(self) -> None:
        """Give the keyboard to the text."""
        self.text.control.setFocus()
