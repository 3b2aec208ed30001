"""What pages show beside their own text."""

import html


class Content:
    """What pages show beside their own text: here, all that a page by itself can show, without a site around it."""

    def definition(self, name: str):
        """Find a ``sources.Definition`` by name; KeyError where there is none."""
        raise KeyError(f"no function {name!r}")

    def test_of_claim(self, claim: str) -> tuple[str, int] | None:
        """The file and line of the test that checks a claim."""
        return None

    def mark_of(self, site, claim: str) -> str:
        """The rest of a claim's tick, given its id: attributes, ``>`` and the tick, or what keeps their place."""
        return f'title="{html.escape(site.labels["claim_unlisted"])}">✓'

    def function_address(self, site, name: str) -> str | None:
        """Where the site shows a function, given its dotted name."""
        return None

    def drawing(self, figure) -> str:
        """A figure's drawing, or what keeps its place until a page is written."""
        return figure.inline

    def above(self, figure) -> str:
        """What stands above a drawing."""
        return ""

    def under(self, site, figure) -> str:
        """What stands between a drawing and its caption."""
        return ""

    def beside_fold(self, site, figure) -> str:
        """What stands in the quiet line below a caption, beside what is folded there."""
        return ""

    def folded(self, site, figure) -> str:
        """What is folded below a caption, besides the figure's script and files."""
        return ""

    def completed(self, site, page: str) -> str:
        """A staged page, given its HTML, with what it has beside its text."""
        return page
