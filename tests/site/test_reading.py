"""What is read is read by everybody: on paper, on a phone, by touch and by ear, in both schemes."""

import itertools
import re
import tomllib
from urllib.parse import urlsplit

import pytest

from tests.conftest import serving
from tests.site.conftest import ADDRESS, ROOT
from tests.site.test_built_site import pages, soup

# WCAG 2.2: contrast of text (1.4.3) and the least size of a target (2.5.8).
CONTRAST, TARGET = 4.5, 24
PHONE = {"viewport": {"width": 320, "height": 800}, "has_touch": True, "is_mobile": True}


def written(site):
    """The pages that somebody wrote, without those that show source files."""
    return [page for page in pages(site) if page.relative_to(site).parts[0] != "source"]


def test_headings_come_in_order_and_tables_say_what_stands_in_their_columns(site):
    for page in written(site):
        article = soup(page).find("article") or soup(page)
        levels = [int(heading.name[1]) for heading in article.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
        assert levels[0] == 1 and all(below <= above + 1 for above, below in itertools.pairwise(levels)), page
        assert [header for header in article.find_all("th") if not header.get_text(strip=True)] == [], page


def test_each_mark_says_in_its_name_what_it_leads_to(site):
    ticks = functions = 0
    for page in written(site):
        for mark in soup(page).select(".claim-mark"):
            sentence = mark["aria-label"].partition("“")[2].partition("”")[0]
            assert len(sentence) > 10 and mark["aria-label"].endswith("See its test."), page
            ticks += 1
        names = {(mark["href"], mark["aria-label"]) for mark in soup(page).select(".fp-function")}
        # One name, one function.
        assert len({name for _, name in names}) == len(names), page
        functions += len(names)
        dialogs = soup(page).select('[role="dialog"]')
        assert dialogs and all(dialog["aria-label"] for dialog in dialogs), page
    assert ticks > 150 and functions > 25


def _luminance(colour):
    channels = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear))


def _contrast(one, other):
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_of_text_stand_out_from_the_page_and_from_code(scheme):
    colours = tomllib.loads((ROOT / "figures/style.toml").read_text(encoding="utf-8"))["colours"]
    paper, grid = (colours[name][scheme] for name in ("paper", "grid"))
    # The background of code, as the stylesheet mixes it.
    share = 0.45
    mixed = [round(share * int(grid[k : k + 2], 16) + (1 - share) * int(paper[k : k + 2], 16)) for k in (1, 3, 5)]
    code = "#" + "".join(f"{value:02x}" for value in mixed)
    sheet = (ROOT / "src/figpress/pages/figpress.css").read_text(encoding="utf-8")
    assert f"color-mix(in srgb, var(--fig-grid) {share:.0%}, var(--fig-paper))" in sheet
    for name in ("ink", "muted", "l1", "l2", "data", "third"):
        assert _contrast(colours[name][scheme], paper) >= CONTRAST, name
    for name in ("ink", "muted", "data", "third"):
        assert _contrast(colours[name][scheme], code) >= CONTRAST, name


@pytest.fixture
def opened(site, chromium):
    """A page of the site in a window of its own."""
    contexts = []

    def open_page(name, **options):
        contexts.append(chromium.new_context(**options))
        page = contexts[-1].new_page()
        page.goto((site / name).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


SHOWN = "all => all.filter(e => getComputedStyle(e).display !== 'none').map(e => e.getAttribute('src'))"


@pytest.mark.browser
def test_paper_is_light_whatever_the_scheme_and_drawings_stand_there_once(opened):
    page = opened("gallery.html", color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--fig-ink')") == "#1c2430"
    shown = page.locator(".fp-card img").evaluate_all(SHOWN)
    assert len(shown) > 20 and not any("-dark" in source for source in shown)


@pytest.mark.browser
def test_on_paper_nothing_is_left_that_can_be_pressed(site, chromium):
    controls = "all => all.filter(e => e.getClientRects().length).map(e => e.outerHTML.slice(0, 100))"
    with serving(site) as address, chromium.new_context() as context:
        page = context.new_page()
        for name, control in (
            ("gallery", ".md-code__nav button"),
            ("libraries", ".rows input"),
            ("implied", "textarea"),
        ):
            page.goto(f"{address}/{name}.html")
            page.wait_for_selector(f"article {control}", state="attached")
            page.emulate_media(media="print")
            pressed = page.locator("article :is(button, input, select, textarea, .repository-links)")
            assert pressed.count() and pressed.evaluate_all(controls) == [], name
            page.emulate_media(media="screen")


# Headings that could be left behind at a page's foot: what they keep with them is less than what follows them needs.
LEFT_BEHIND = """all => all.filter(heading => heading.getClientRects().length && heading.nextElementSibling).filter(heading => {
  const next = heading.nextElementSibling, box = next.getBoundingClientRect(), style = getComputedStyle(heading);
  const needed = getComputedStyle(next).breakInside === 'avoid' ? box.height : Math.min(box.height, 60);
  return style.breakInside !== 'avoid' || style.breakAfter !== 'avoid' || heading.getBoundingClientRect().bottom < box.top + needed;
}).map(heading => heading.textContent)"""


@pytest.mark.browser
def test_on_paper_headings_stay_with_what_follows_also_where_break_after_is_not_known(opened):
    headings = 0
    sheet = (ROOT / "src/figpress/pages/figpress.css").read_text(encoding="utf-8")
    assert sheet.count("@supports (-moz-appearance: none)") == 1
    for name in ("overfitting.html", "corrections.html", "api/norms.html"):
        page = opened(name)
        page.add_style_tag(content=sheet.replace("@supports (-moz-appearance: none)", "@supports (display: block)"))
        page.emulate_media(media="print")
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        found = page.locator("article :is(h1, h2, h3, h4, summary, .admonition-title)")
        assert found.evaluate_all(LEFT_BEHIND) == [], name
        headings += found.count()
    assert headings > 40


@pytest.mark.browser
def test_on_paper_folds_are_open_and_long_tables_are_tables(opened):
    # As wide as the text on a sheet of A4.
    page = opened("libraries.html", viewport={"width": 680, "height": 900})
    cell = "getComputedStyle(document.querySelector('.calls td')).display"
    assert page.evaluate(cell) == "block"
    page.emulate_media(media="print")
    assert page.evaluate(cell) == "table-cell"
    page.goto(page.url.replace("libraries", "corrections"))
    inside = page.locator("article details.note > :not(summary)")
    assert inside.count() > 30
    seen = "all => all.filter(one => one.checkVisibility()).length"
    assert inside.evaluate_all(seen) == inside.count()
    page.emulate_media(media="screen")
    assert inside.evaluate_all(seen) == 0


IN_TWO_LINES = """all => all.flatMap(code => {
  const torn = [], walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (walker.nextNode()) for (const option of walker.currentNode.data.matchAll(/--[a-z]+/g)) {
    range.setStart(walker.currentNode, option.index);
    range.setEnd(walker.currentNode, option.index + option[0].length);
    torn.push([option[0], new Set([...range.getClientRects()].map(box => box.top)).size]);
  }
  return torn;
})"""


@pytest.mark.browser
def test_on_paper_a_command_does_not_break_within_an_option(opened):
    page = opened("gallery.html", viewport={"width": 680, "height": 900})
    page.emulate_media(media="print")
    options = page.locator(".language-shell code").evaluate_all(IN_TWO_LINES)
    assert len(options) > 20 and {lines for _, lines in options} == {1}


# What the theme's script does to the page while it opens, as far as every element has to be styled again for it.
WATCH = """window.changes = [];
new MutationObserver(records => records.forEach(({target, attributeName, oldValue, addedNodes}) => {
  if (target === document.body && attributeName) changes.push(attributeName + '=' + target.getAttribute(attributeName));
  if (document.body && target === document.documentElement && ['class', 'style'].includes(attributeName)
      && oldValue !== target.getAttribute(attributeName)) changes.push(attributeName);
  addedNodes.forEach(node => { if (node.name === 'color-scheme') changes.push('meta'); });
})).observe(document, {attributes: true, attributeOldValue: true, childList: true, subtree: true});"""


@pytest.mark.browser
def test_a_page_opens_in_the_scheme_of_the_system_and_stays_in_it(site, chromium):
    with chromium.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        page.route("**/bundle*.js", lambda route: route.abort())
        page.goto((site / "about.html").as_uri())
        scheme = "[document.body.dataset.mdColorScheme, getComputedStyle(document.documentElement).colorScheme]"
        assert page.evaluate(scheme) == ["slate", "dark"]
        early = set(page.evaluate("changes"))
        page.unroute("**/bundle*.js")
        page.reload()
        page.wait_for_selector("[data-js-focus-visible]")
        # The theme's script says what is said already.
        assert {change for change in page.evaluate("changes") if not change.startswith("data-md-scroll")} == early
        page.evaluate("changes.length = 0")
        page.locator("label[title='Light scheme']").click()
        assert page.evaluate(scheme) == ["default", "light"]
        assert "data-md-color-switching=" in page.evaluate("changes")


# A table's own scrolling box, and none around it.
SCROLLED = (
    "all => all.map(table => [...table.parentElement.closest('article').querySelectorAll('.md-typeset__scrollwrap')]"
)
SCROLLED += ".filter(box => box.contains(table)).length)"


@pytest.mark.browser
def test_listings_and_tables_are_left_alone_while_a_page_opens(site, chromium):
    """Whatever is moved or measured then is laid out twice; a listing's button comes when it is seen."""
    with serving(site) as address, chromium.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.add_init_script(
            "window.moved = []; new MutationObserver(records => records.forEach(one => one.removedNodes.forEach(node =>"
            " node.nodeType === 1 && (node.matches('table') || node.querySelector('table')) && moved.push(node.outerHTML))))"
            ".observe(document, {childList: true, subtree: true});"
        )
        page.goto(f"{address}/notation.html")
        page.wait_for_selector("[data-js-focus-visible]")
        assert page.evaluate("moved") == []
        scrolled = page.locator("article table").evaluate_all(SCROLLED)
        assert len(scrolled) > 2 and set(scrolled) == {1}
        page.goto(f"{address}/api/penalties.html")
        page.wait_for_selector("[data-js-focus-visible]")
        button = page.locator("article pre").last.locator("button")
        assert button.count() == 0
        page.locator("article pre").last.scroll_into_view_if_needed()
        button.wait_for()


NUMBER = "a => (({visibility, backgroundColor, content}) => [visibility, backgroundColor, content])(getComputedStyle(a, '::before'))"


@pytest.mark.browser
def test_lines_of_a_source_page_are_numbered_and_the_one_asked_for_stands_out(site, chromium):
    with chromium.new_context(viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        page.goto(f"{(site / 'source/src/shrinkage/norms.html').as_uri()}#line-40")
        asked, other = (page.locator(f"#line-{number}") for number in (40, 41))
        # By the style, so that nobody copies it.
        (seen, marked, number), (_, plain, _) = (line.evaluate(NUMBER) for line in (asked, other))
        assert seen == "visible" and number == "counter(line)" and marked != plain
        assert 0 < asked.bounding_box()["y"] < 800
        assert "40" not in asked.locator("..").inner_text().split()


LINKS = "[...document.querySelectorAll('a[href], link[href], script[src]')].map(e => e.href || e.src).sort()"


@pytest.mark.browser
def test_pages_are_swapped_between_folders_and_their_links_stay_right(site, chromium, tmp_path):
    """The addresses of a page are touched when it is left, and not before."""
    (tmp_path / "path").symlink_to(site)
    with serving(tmp_path) as address, chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        page, other = context.new_page(), context.new_page()
        page.add_init_script(
            "window.touched = []; new MutationObserver(records => records.forEach(one => touched.push(one.target.outerHTML)))"
            ".observe(document, {attributeFilter: ['href', 'src'], subtree: true});"
        )
        # As published here: what the map does not list is loaded anew.
        listed = (site / "sitemap.xml").read_text(encoding="utf-8").replace(ADDRESS, f"{address}/path/")
        page.route("**/sitemap.xml", lambda route: route.fulfill(body=listed, content_type="application/xml"))
        page.goto(f"{address}/path/api/norms.html", wait_until="networkidle")
        assert page.evaluate("touched") == []
        for name in ("notation.html", "api/norms.html"):
            if name == "notation.html":
                page.locator(".md-nav__link", has_text="Notation").first.click()
            else:
                page.go_back()
            other.goto(f"{address}/path/{name}", wait_until="networkidle")
            page.wait_for_function("title => document.title === title", arg=other.title())
            page.wait_for_timeout(100)
            assert page.evaluate("touched") != [], "the page was loaded anew"
            assert page.evaluate(LINKS) == other.evaluate(LINKS), name


# A mark's middle, and points as far from it as the smallest target reaches.
MISSED = """(all, reach) => all.filter(mark => mark.getClientRects().length).filter(mark => {
  mark.scrollIntoView({block: 'center'});
  const box = mark.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
  return [[0, 0], [-reach, 0], [reach, 0], [0, -reach], [0, reach]].some(
    ([dx, dy]) => document.elementFromPoint(x + dx, y + dy) !== mark);
}).map(mark => mark.outerHTML.slice(0, 200))"""
COLLIDING = """all => all.filter(equation => {
  const formula = equation.querySelector('math').getBoundingClientRect(), marks = equation.querySelector('.fp-marks').getBoundingClientRect();
  const parts = [...equation.querySelectorAll('math *')].map(part => part.getBoundingClientRect()).filter(box => box.width);
  return parts.some(box => box.left < marks.right && box.right > marks.left && box.top < marks.bottom && box.bottom > marks.top)
      || Math.max(...parts.map(box => box.right)) > document.documentElement.clientWidth;
}).map(equation => equation.id || equation.textContent.slice(0, 60))"""
# A heading as wide as its words leaves its link no room.
BROKEN = """all => all.filter(heading => {
  const link = heading.querySelector('.headerlink');
  heading.style.display = 'inline-block';
  link.remove();
  heading.style.width = `${heading.getBoundingClientRect().width}px`;
  const height = heading.offsetHeight;
  heading.append(link);
  return heading.offsetHeight !== height;
}).map(heading => heading.textContent)"""


@pytest.mark.browser
def test_marks_can_be_touched_and_formulas_keep_clear_of_their_numbers_on_a_small_phone(opened):
    equations = 0
    for name in ("descent.html", "l1-l2.html", "zero.html"):
        page = opened(name, **PHONE)
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        assert page.locator(".fp-function, .claim-mark").evaluate_all(MISSED, TARGET / 2 - 1) == []
        assert page.locator(".fp-equation").evaluate_all(COLLIDING) == []
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["viewport"]["width"]
        equations += page.locator(".fp-equation").count()
        headings = page.locator("article :is(h1, h2):has(> .headerlink)")
        assert headings.count() and headings.evaluate_all(BROKEN) == []
        spaces = page.locator("article math:not([display=block])").evaluate_all(
            "all => all.map(m => getComputedStyle(m).whiteSpace)"
        )
        assert spaces and set(spaces) == {"nowrap"}
    assert equations > 10


# What is copied when everything is selected between two elements, the last of them by its first letter.
COPIED = """([first, last]) => {
  const range = document.createRange(), data = new DataTransfer();
  range.setStart(document.querySelector(first), 0);
  range.setEnd(document.createTreeWalker(document.querySelector(last), NodeFilter.SHOW_TEXT).nextNode(), 1);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  document.querySelector(first).dispatchEvent(new ClipboardEvent('copy', {clipboardData: data, bubbles: true}));
  return [data.getData('text/plain'), data.getData('text/html')];
}"""


@pytest.mark.browser
def test_formulas_are_copied_as_they_are_typed_in_latex(opened):
    page, text = opened("norms.html"), (ROOT / "docs/norms.md").read_text(encoding="utf-8")
    in_line = re.search(r"\$(.*?)\$", text)[1]
    formula = re.search(r"^/// equation.*?\n\n(.*?)\n///", text, re.DOTALL | re.MULTILINE)[1]
    plain = re.sub(r"\\textcolor\{\w+\}|\s", "", formula)
    both = "article p:has(math)", "article .fp-equation math"
    copied, html = page.evaluate(COPIED, both)
    assert f" ${in_line}$" in copied and re.sub(r"\s", "", copied).endswith(f"$${plain}$$")
    assert "\n\n" in copied and "<mi>" in html
    # From one sign of a formula, all of it; without a formula, as the browser does.
    copied, _ = page.evaluate(COPIED, [both[1] + " mo", both[1] + " mo"])
    assert re.sub(r"\s", "", copied) == f"$${plain}$$"
    assert page.evaluate(COPIED, ["article h1", "article h1"]) == ["", ""]


@pytest.mark.browser
@pytest.mark.nightly
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(site, chromium, tmp_path, scheme, width):
    axe = ROOT / "node_modules/axe-core/axe.min.js"
    if not axe.exists():
        pytest.skip("axe-core is not installed: npm install --no-save axe-core")
    # At its address below the root of a host, where the page for addresses that lead nowhere finds its styles.
    path = urlsplit(ADDRESS).path.strip("/")
    (tmp_path / path).symlink_to(site)
    context = chromium.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    page, found = context.new_page(), []

    def ask(name):
        result = page.evaluate("axe.run({resultTypes: ['violations']})")
        found.extend(
            f"{name}: {one['id']}: {node['html'][:120]}" for one in result["violations"] for node in one["nodes"]
        )

    with serving(tmp_path) as address:
        for file in written(site):
            page.goto(f"{address}/{path}/{file.relative_to(site).as_posix()}")
            page.evaluate(axe.read_text(encoding="utf-8"))
            page.evaluate(_SEEN_TO_THE_END)
            ask(f"{file.name} as it opens")
            page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
            # Live figures have been used.
            for button in page.locator("[data-do=answer]").all():
                button.click()
            page.evaluate(_MOVED)
            page.evaluate(_SEEN_TO_THE_END)
            ask(file.name)
            if file.name not in ("index.html", "penalties.html", "gallery.html"):
                continue
            page.evaluate("document.querySelector('[data-md-toggle=search]').click()")
            page.locator(".md-search__input").press_sequentially("lasso")
            page.wait_for_selector(".md-search-result__link", timeout=60_000)
            ask(f"{file.name} with its search open")
    context.close()
    assert found == []


# Every slider, and a number that is none in every box.
_MOVED = """async () => {
  const tell = (input, kinds) => kinds.forEach(kind => input.dispatchEvent(new Event(kind, {bubbles: true})));
  document.querySelectorAll('.fp-controls input[type=range]').forEach(input => { input.stepUp(3); tell(input, ['input']); });
  document.querySelectorAll('.fp-controls input[type=text]').forEach(input => { input.value = 'abc'; tell(input, ['input', 'change']); });
  await new Promise(done => setTimeout(done, 600));
}"""
# The theme meets a block of code some time after it is seen, which a busy processor tells it some frames later.
_SEEN_TO_THE_END = """async () => {
  for (let y = 0; y < document.body.scrollHeight; y += 600) {
    scrollTo(0, y);
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 40))));
  }
}"""
