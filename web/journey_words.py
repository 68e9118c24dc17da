"""What the journey asks about people, in everyday words."""

from flask_babel import lazy_gettext as _

UNKNOWN_WORDS = _("I don’t know")
ASKED = {
    "depicted_age": _("How old was the person in the picture?"),
    "accused_age": _("How old was the person who did it?"),
    "recipient_age": _("How old was the person it was sent to, said to or asked of?"),
    "consent": _("Did the person in the picture, or the person it was sent to, agree?"),
    "relationship": _("Were the two a couple at the time?"),
}
HINTS = {
    "depicted_age": _("For a fake, the age that the person seems to be."),
    "accused_age": _("At the time, in years."),
    "recipient_age": _("At the time, in years."),
    "consent": _(
        "To this act. Agreeing to have a picture taken is not agreeing to have it passed on."
    ),
    "relationship": _("The person who did it, and the person in the picture."),
}
SAID = {
    "depicted_age": _("Age of the person in the picture"),
    "accused_age": _("Age of the person who did it"),
    "recipient_age": _("Age of the other person"),
    "consent": _("Agreed to it"),
    "relationship": _("A couple"),
}
# Ages as people know them who do not know them exactly.
BANDS = {
    "under-13": _("Under 13"),
    "13-15": _("13 to 15"),
    "16-17": _("16 or 17"),
    "under-18": _("Under 18, not sure how old"),
    "18-or-over": _("18 or over"),
}
