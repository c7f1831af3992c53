"use strict";
// Comforts on top of a page that reads without them: word links, keys, search, copying a pair.
(() => {
  const $ = s => document.querySelector(s);
  const rows = [...document.querySelectorAll("tbody tr")];
  const find = $("[type=search]"), count = $("output"), said = $("#said");
  const quiet = matchMedia("(prefers-reduced-motion: reduce)");
  const cells = row => [row.cells[1], row.cells[2]];

  // Highlights are ranges painted by the browser (CSS Custom Highlight API): the rows' markup stays as it is.
  const paint = (name, ranges) => {
    if (self.Highlight && CSS.highlights) CSS.highlights.set(name, new Highlight(...ranges));
  };

  // The range over [from, to) of an element's text, in UTF-16 units.
  const range = (element, from, to) => {
    const walk = document.createTreeWalker(element, NodeFilter.SHOW_TEXT), r = new Range();
    let at = 0, begun = false;
    for (let n; (n = walk.nextNode()); at += n.length) {
      if (!begun && from < at + n.length) { r.setStart(n, from - at); begun = true; }
      if (begun && to <= at + n.length) { r.setEnd(n, to - at); break; }
    }
    return r;
  };

  // Word links: [[s0, s1], [t0, t1]], from four numbers each, starts counted from the end of the link before.
  const links = row => {
    if (!row.links) {
      const n = row.dataset.l ? row.dataset.l.split(" ").map(Number) : [], end = [0, 0];
      row.links = [];
      for (let i = 0; i < n.length; i += 4)
        row.links.push([0, 1].map(k => {
          const from = end[k] + n[i + 2 * k];
          return [from, (end[k] = from + n[i + 2 * k + 1])];
        }));
    }
    return row.links;
  };
  // Light a link and all that share a word with it; null puts the light out.
  const light = (row, link) => {
    const lit = link ? links(row).filter(l => l[0][0] === link[0][0] || l[1][0] === link[1][0]) : [];
    const ranges = lit.flatMap(l => cells(row).map((cell, k) => range(cell, ...l[k])));
    paint("word", ranges);
    return ranges;
  };

  // The link at a point of the page, if a linked word is really there.
  const under = (row, x, y, target) => {
    const side = cells(row).findIndex(c => c && c.contains(target));
    if (side < 0) return null;
    const p = document.caretPositionFromPoint ? document.caretPositionFromPoint(x, y) : document.caretRangeFromPoint(x, y);
    const button = target.closest(".t"), cell = cells(row)[side], before = new Range();
    if (!button && !(p && cell.contains(p.offsetNode || p.startContainer))) return null;
    before.selectNodeContents(cell);
    if (button) before.setEndBefore(button);
    else before.setEnd(p.offsetNode || p.startContainer, p.offset ?? p.startOffset);
    const at = before.toString().length;
    return links(row).find(l => l[side][0] <= at && at <= l[side][1] && (!button || at < l[side][1]) &&
      [...range(cell, ...l[side]).getClientRects()].some(b =>
        x >= b.left - 1 && x <= b.right + 1 && y >= b.top - 4 && y <= b.bottom + 4));
  };
  const point = e => {
    const row = e.target.closest?.("tbody tr");
    light(row, row && under(row, e.clientX, e.clientY, e.target));
    if (row && document.activeElement !== copy) offer(row);
  };
  document.addEventListener("pointermove", point);
  document.addEventListener("click", point);
  document.documentElement.addEventListener("pointerleave", () => light(null));

  // One button for the whole page, in the row that is in use.
  const copy = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: "copy" });
  const offer = row => {
    const [score, note] = [...row.cells[3].children].reverse();
    const place = score.firstChild || !note ? score : note;
    if (copy.parentNode !== place) place.append(copy);
  };
  const copyPair = row => navigator.clipboard
    .writeText(cells(row).filter(c => c.lang).map(c => c.textContent).join("\n") + "\n")
    .then(() => { said.textContent = copy.textContent = "copied"; }, () => { said.textContent = "could not copy"; })
    .finally(() => setTimeout(() => { copy.textContent = "copy"; }, 1500));
  copy.onclick = () => copyPair(copy.closest("tr"));

  // Keys
  let here = -1, word = -1;
  document.addEventListener("pointerdown", e => {
    const row = e.target.closest("tbody tr");
    if (row) row.tabIndex = -1;
  });
  document.addEventListener("focusin", e => {
    const row = e.target.closest("tbody tr"), button = e.target.closest(".t");
    if (row) { here = rows.indexOf(row); if (e.target !== copy) offer(row); }
    if (e.target === row) word = -1;
    if (button) {
      const b = button.getClientRects()[0];
      light(row, under(row, b.x + 2, b.y + b.height / 2, button));
    } else light(null);
  });
  const go = index => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!row) return;
    row.tabIndex = -1;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest", behavior: quiet.matches ? "auto" : "smooth" });
  };
  // The first row in the window; asking each row where it is would lay out the whole of a long page.
  const first = () => {
    for (let y = 40; y < innerHeight; y += 10) {
      const row = document.elementFromPoint(innerWidth / 2, y)?.closest("tbody tr");
      if (row) return rows.indexOf(row);
    }
    return 0;
  };
  const step = by => {
    const row = rows[here], all = links(row);
    if (!all.length) return;
    word = (word + by + all.length) % all.length;
    said.textContent = light(row, all[word]).slice(0, 2).map(String).join(" – ");
  };
  document.addEventListener("keydown", e => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.target === find) return;
    const row = document.activeElement.closest("tbody tr"), next = row ? here + 1 : first();
    const keys = { j: () => go(next), k: () => go(row ? here - 1 : first()), "/": () => { find.focus(); find.select(); } };
    if (row) keys.c = () => copyPair(row);
    if (document.activeElement === row) Object.assign(keys, {
      ArrowDown: keys.j, ArrowUp: keys.k, ArrowRight: () => step(1), ArrowLeft: () => step(word < 0 ? 0 : -1),
    });
    if (keys[e.key]) { e.preventDefault(); keys[e.key](); }
  });

  // Search: every hit is lit, Enter goes from row to row.
  let hits = [], hit = -1;
  const show = index => {
    rows[here]?.classList.remove("here");
    if (!hits.length) return;
    hit = (index + hits.length) % hits.length;
    here = rows.indexOf(hits[hit]);
    hits[hit].classList.add("here");
    hits[hit].scrollIntoView({ block: "center" });
    count.textContent = `${hit + 1} of ${hits.length} segments`;
  };
  const search = () => {
    const text = find.value.trim(), ranges = [];
    const wanted = text && new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\s+/g, "\\s+"), "giu");
    rows[here]?.classList.remove("here");
    hits = rows.filter(row => wanted && cells(row).some(cell => {
      const found = cell.lang ? [...cell.textContent.matchAll(wanted)] : [];
      if (ranges.length < 2000) ranges.push(...found.map(m => range(cell, m.index, m.index + m[0].length)));
      return found.length;
    }));
    hit = -1;
    paint("find", ranges);
    count.textContent = text ? `${hits.length} segment${hits.length === 1 ? "" : "s"}` : "";
  };
  find.addEventListener("input", search);
  find.addEventListener("keydown", e => {
    if (e.key === "Enter") show(hit + (e.shiftKey ? -1 : 1));
    if (e.key === "Escape") { find.value = ""; search(); find.blur(); if (here >= 0) go(here); }
  });

  $("search").hidden = $("#keys").hidden = false;
})();
