"""All pages in another engine than the one that all other tests use."""

import pytest

from tests.conftest import serving
from tests.firefox import firefox
from tests.site.test_reading import written

# Formulas in the line that lie in two lines, and what is wider than the window.
_BROKEN = """async () => {
  await document.fonts.ready;
  document.querySelectorAll('details').forEach(fold => fold.open = true);
  const torn = [...document.querySelectorAll('article math:not([display=block])')].filter(formula => {
    const box = formula.getBoundingClientRect(), size = parseFloat(getComputedStyle(formula).fontSize);
    return box.height > 4 * size || formula.getClientRects().length > 1;
  });
  const wide = document.documentElement.scrollWidth - innerWidth;
  return [...torn.map(formula => formula.textContent), ...(wide > 0 ? [`${wide} px wider than the window`] : [])];
}"""


@pytest.mark.nightly
def test_firefox_tears_no_formula_and_no_page_is_wider_than_the_window(site):
    found = []
    with serving(site) as address, firefox() as other:
        for width in (1280, 390):
            other.resize(width, 844)
            for file in written(site):
                if file.name == "404.html":
                    continue
                name = file.relative_to(site).as_posix()
                other.open(f"{address}/{name}")
                found += [f"{width}: {name}: {one}" for one in other.evaluate(_BROKEN) + other.problems()]
    assert found == []
