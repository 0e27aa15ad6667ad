"""The offer of the body-image screen, made where there is a reason and once per visit."""

from __future__ import annotations

from consult_app.gui.session import Session
from consult_app.gui.theme import TARGET, Theme
from consult_app.gui.warned import is_told, tell_offer
from consult_app.gui.widgets.notice import Notice
from consult_app.knowledge.pack.pack import Pack
from consult_app.knowledge.scoring.body_image import screen_body_image
from consult_app.wording import t

SCREEN = "screen"
"""Follows the question's item where its further questions are wanted, and not its answer alone."""


class ScreenOffer(Notice):
    """One line that offers the body-image screen.

    It does so when the goals give reason to, once per visit, and says what to do at once
    when the screen found thoughts of self-harm, for as long as they stand there.
    """

    def __init__(self, theme: Theme, pack: Pack, session: Session) -> None:
        super().__init__(theme, "", "info")
        self.setMinimumHeight(theme.px(TARGET))
        self._pack, self._session = pack, session
        self.set_action(t("Ask the questions"))
        self.dismissed.connect(lambda: session.note(self.text()))

    def show_visit(self, *, but_wish: bool = False) -> None:
        """Show or hide the offer for the visit as it is now.

        Args:
            but_wish: Leave out that the wish is another person's, where that is said already.
        """
        visit = self._session.visit
        found = screen_body_image(self._pack.body_image, visit.body_image)
        self.set_action("" if found.crisis else t("Ask the questions"))
        self.set_dismissible(on=not found.crisis)
        if found.crisis:
            self.show_text(self._pack.body_image.outcome.crisis_text, "stop")
            return
        offer = tell_offer(self._pack, visit)
        told = but_wish and visit.goals.whose_wish == "other"
        self.show_text(offer if is_told(visit, offer) and not told else "", "info")
