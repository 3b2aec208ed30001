// What is asked of every page in every engine: the answer is a list of faults, none where the page is as it should be.
async function () {
  await document.fonts.ready;
  document.querySelectorAll('details').forEach(fold => fold.open = true);
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const found = [];
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const size = element => parseFloat(getComputedStyle(element).fontSize);
  const fault = (kind, elements) => elements.forEach(one => found.push(`${kind}: ${one.textContent.trim().slice(0, 60)}`));
  const shown = element => element.getClientRects().length;
  const inLine = all('article math:not([display=block])').filter(shown), formulas = all('article math').filter(shown);

  // A formula in the line, torn in two or away from the sign that follows it, or that it follows.
  fault('torn', inLine.filter(one => one.getBoundingClientRect().height > 4 * size(one) || one.getClientRects().length > 1));
  const apart = (one, text, at) => {
    const sign = document.createRange(), box = one.getBoundingClientRect();
    sign.setStart(text, at);
    sign.setEnd(text, at + 1);
    const other = sign.getBoundingClientRect();
    return other.top > box.bottom || other.bottom < box.top;
  };
  const texts = block => {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, node =>
      node.nodeName === 'math' || node.nodeType === 3 && node.data && !node.parentNode.closest('math, .claim-mark')
        ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP);
    const list = [];
    while (walker.nextNode()) list.push(walker.currentNode);
    return list;
  };
  for (const block of new Set(inLine.map(one => one.closest('p, li, td, th, dd, dt, figcaption, summary, h1, h2, h3, h4, div')))) {
    const list = texts(block);
    list.forEach((one, k) => {
      const before = list[k - 1], after = list[k + 1];
      if (one.nodeName !== 'math' || !shown(one)) return;
      if (after && after.nodeType === 3 && /^[,.;:!?)’”]/.test(after.data) && apart(one, after, 0)) fault('its sign in the next line', [one]);
      if (before && before.nodeType === 3 && /[(“‘]$/.test(before.data) && apart(one, before, before.data.length - 1)) fault('its bracket in the line before', [one]);
    });
  }

  // A number, or a sign and what it speaks of, in two lines (but in what a live figure says anew); and a quotation that was to be "> 0".
  const words = all('article').flatMap(article => {
    const list = [], walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (!walker.currentNode.parentNode.closest('math, svg, pre, code, textarea, .fp-used, .fp-verdict')) list.push(walker.currentNode);
    return list;
  });
  const inTwoLines = (text, start, end) => {
    const range = document.createRange();
    range.setStart(text, start);
    range.setEnd(text, end);
    const tops = [...range.getClientRects()].filter(box => box.width).map(box => box.top);
    return tops.length > 0 && Math.max(...tops) - Math.min(...tops) > 8;
  };
  words.forEach(text => [...text.data.matchAll(/\b\d[\d.]*(e?-\d+)+|(->|[<>]=?|[=≤≥]) \S+/g)].forEach(part => {
    if (inTwoLines(text, part.index, part.index + part[0].length)) found.push(`in two lines: ${part[0]}`);
  }));
  fault('a sign apart from its number', all('article data').filter(shown).filter(one => {
    const before = one.previousSibling;
    return before && before.nodeType === 3 && /[=≤≥<>] $/.test(before.data) && apart(one, before, before.data.length - 2);
  }));
  fault('a range as a quotation', all('.doc blockquote'));

  // A heading's link takes no line of its own.
  fault('a line for its link', all('article :is(h1, h2, h3, h4)').filter(shown).filter(one => {
    const link = one.querySelector('.headerlink'), words = document.createRange();
    if (!link) return false;
    words.setStart(one, 0);
    words.setEndBefore(link);
    return one.getBoundingClientRect().bottom - parseFloat(getComputedStyle(one).paddingBottom) - words.getBoundingClientRect().bottom > size(one);
  }));

  // What is wider than the window, and what runs into the number beside it.
  const beyond = document.documentElement.scrollWidth - innerWidth;
  if (beyond > 0) found.push(`${beyond} px wider than the window`);
  fault('a command cut off', all('.language-shell code').filter(one => one.scrollWidth > one.clientWidth));
  fault('an option in two lines', all('article :not(pre) > code').filter(one => /^--\S+$/.test(one.textContent) && one.getClientRects().length > 1));
  // On the smallest phones the widest tables scroll in their boxes.
  const scrolls = one => innerWidth < 360 && one.closest('.md-typeset__scrollwrap');
  fault('beyond the window', formulas.filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !scrolls(one)));
  const meets = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;
  const lines = element => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return [...range.getClientRects()];
  };
  // Buttons come when their listing is in sight; one shows what room they take.
  const listings = all('article pre > code').filter(shown), button = () => document.querySelector('.md-code__nav');
  if (listings.length) {
    listings[0].scrollIntoView({block: 'center'});
    for (let k = 0; k < 100 && !button(); k++) await new Promise(done => setTimeout(done, 20));
    const room = button() ? button().closest('pre').getBoundingClientRect().right - button().getBoundingClientRect().left : NaN;
    // Where its words end, once it is scrolled to its end: the space at the end of a line may well lie under it.
    const ends = code => {
      const found = [], walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) if (walker.currentNode.data.trim()) found.push(...lines(walker.currentNode).map(line => line.right));
      return found;
    };
    fault('under its button', listings.filter(one => {
      const before = one.scrollLeft;
      one.scrollLeft = one.scrollWidth;
      const hidden = !ends(one).every(end => end <= one.getBoundingClientRect().right - room + 1);
      one.scrollLeft = before;
      return hidden;
    }));
    scrollTo(0, 0);
  }
  fault('a name runs into its field', all('.fp-control label').filter(shown).filter(one => all('input, select, textarea', one.parentNode).some(field =>
    field.type !== 'range' && lines(one).some(line => meets(line, field.getBoundingClientRect())))));
  const pen = document.createElement('canvas').getContext('2d');
  fault('a choice cut off', all('.fp-control select').filter(shown).filter(one => {
    pen.font = getComputedStyle(one).font;
    return pen.measureText(one.selectedOptions[0].text).width + 2.5 * size(one) > one.clientWidth;
  }));
  fault('runs into its number', all('.fp-equation').filter(equation => {
    const marks = equation.querySelector('.fp-marks');
    return marks && all('math *', equation).map(part => part.getBoundingClientRect()).some(box => box.width && meets(box, marks.getBoundingClientRect()));
  }));

  // Accents belong to their letters, and fractions in the line are small, those of their own large.
  fault('an accent of its own', all('article mover[accent=true]'));
  const inIndex = one => one !== null && one.nodeName !== 'math' &&
    (/^msu[bp]/.test(one.parentNode.nodeName) && one.previousElementSibling !== null || inIndex(one.parentNode));
  const large = one => one.closest('math').getAttribute('display') === 'block' && one.getAttribute('displaystyle') !== 'false' &&
    !one.parentNode.closest('mfrac, mtable[displaystyle=false]') && !inIndex(one);
  fault('a fraction of the wrong size', all('article mfrac').filter(shown).filter(one => {
    const ratio = size(one.firstElementChild) / size(one);
    return large(one) ? ratio !== 1 : ratio > 0.85 || ratio < 0.6;
  }));

  // What can be pressed looks so.
  const marks = '.headerlink, .claim-mark, .fp-number, .fp-function, .md-button, .md-content__button, [aria-hidden=true]';
  fault('looks like plain text', all('article a[href], .fp-insight summary, .fp-row button').filter(shown).filter(one =>
    !one.matches(marks) && one.textContent.trim() && !getComputedStyle(one).textDecorationLine.includes('underline')));

  // Pictures are there, and live figures have come to life.
  found.push(...all('article img').filter(one => shown(one) && one.complete && !one.naturalWidth).map(one => `no picture: ${one.src}`));
  found.push(...all('figure[data-live]').filter(one => !one.matches('.fp-moving') || one.matches('.fp-refused')).map(one => `does not move: ${one.id}`));
  return found;
}
