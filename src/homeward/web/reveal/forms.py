"""The reason for which a confidential part is shown."""

from homeward.web.layout.forms import PageForm, Reason

SHORT = "Say in ten characters or more why you need to see it"


class RevealForm(PageForm):
    reason = Reason(
        "Why you need to see it now", min_length=10, error_messages={"required": SHORT, "min_length": SHORT}
    )
