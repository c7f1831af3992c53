"use strict";
// Comforts on top of a page that reads without them: word links, keys, search, copying a pair.
(() => {
  const $ = s => document.querySelector(s);
  const rows = [...document.querySelectorAll("tbody tr")];
  const field = $("[type=search]"), count = $("output"), said = $("#said");
  const quiet = matchMedia("(prefers-reduced-motion: reduce)");
  const cells = row => [row.cells[0], row.cells[1]];

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
    const cell = cells(row)[side], before = new Range(), node = p && (p.offsetNode || p.startContainer);
    if (!cell.contains(node)) return null;
    before.selectNodeContents(cell);
    before.setEnd(node, p.offset ?? p.startOffset);
    const at = before.toString().length;
    return links(row).find(l => l[side][0] <= at && at <= l[side][1] &&
      [...range(cell, ...l[side]).getClientRects()].some(b =>
        x >= b.left - 1 && x <= b.right + 1 && y >= b.top - 4 && y <= b.bottom + 4));
  };
  const point = e => {
    const row = e.target.closest?.("tbody tr");
    light(row, row && under(row, e.clientX, e.clientY, e.target));
    if (row && document.activeElement !== copy && !row.contains(copy)) offer(row);
  };
  document.addEventListener("pointermove", point);
  document.addEventListener("click", point);
  document.documentElement.addEventListener("pointerleave", () => light(null));

  // One button for the whole page, in the row that is in use.
  const copy = Object.assign(document.createElement("button"), { type: "button", className: "copy", textContent: "copy" });
  const offer = row => row.querySelector("small").append(copy);
  const copyPair = async row => {
    try {
      await navigator.clipboard.writeText(cells(row).filter(c => c.lang).map(c => c.textContent).join("\n") + "\n");
      said.textContent = copy.textContent = "copied";
    } catch { said.textContent = copy.textContent = "could not copy"; }
    setTimeout(() => { copy.textContent = "copy"; }, 1500);
  };
  copy.onclick = () => copyPair(copy.closest("tr"));

  // Keys
  let here = -1, word = -1;
  document.addEventListener("pointerdown", e => {
    const row = e.target.closest("tbody tr");
    if (row) row.tabIndex = -1;
  });
  document.addEventListener("focusin", e => {
    const row = e.target.closest("tbody tr"), term = e.target.closest(".t");
    if (row) { here = rows.indexOf(row); if (!row.contains(copy)) offer(row); }
    if (e.target === row) word = -1;
    if (term) {
      const b = term.getClientRects()[0];
      light(row, under(row, b.x + 2, b.y + b.height / 2, term));
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
    if (e.ctrlKey || e.metaKey || e.altKey || e.target === field || ("popover" in copy && $(":popover-open"))) return;
    const row = document.activeElement.closest("tbody tr"), next = row ? here + 1 : first();
    const keys = { j: () => go(next), k: () => go(row ? here - 1 : first()), "/": () => { field.focus(); field.select(); } };
    if (row) keys.c = () => copyPair(row);
    if (field.value) Object.assign(keys, { n: () => show(hit + 1), N: () => show(hit - 1), Escape: clear });
    if (document.activeElement === row) Object.assign(keys, {
      ArrowDown: keys.j, ArrowUp: keys.k, ArrowRight: () => step(1), ArrowLeft: () => step(word < 0 ? 0 : -1),
    });
    if (keys[e.key]) { e.preventDefault(); keys[e.key](); }
  });

  // Search: every match is lit (as many as a browser paints with ease) and counted; a match is [row, cell, from, to].
  const LIT = 2000, KEPT = 9999;
  let hits = [], hit = -1;
  const tell = () => {
    const all = hits.length === KEPT ? `${KEPT}+` : hits.length;
    count.textContent = !field.value.trim() ? "" : hit < 0 ? `${all} match${all === 1 ? "" : "es"}` : `${hit + 1} of ${all}`;
  };
  const show = index => {
    rows[here]?.classList.remove("here");
    if (!hits.length) return;
    hit = index < 0 ? hits.length - 1 : index % hits.length;
    const [row, ...place] = hits[hit];
    here = rows.indexOf(row);
    row.classList.add("here");
    if (document.activeElement !== field) { row.tabIndex = -1; row.focus({ preventScroll: true }); }
    row.scrollIntoView({ block: "center" });
    paint("found", [range(...place)]);
    tell();
  };
  const search = () => {
    const text = field.value.trim(), all = [];
    const wanted = text && new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\s+/g, "\\s+"), "giu");
    if (wanted) for (const row of rows) for (const cell of cells(row)) if (cell.lang && all.length < KEPT)
      for (const m of cell.textContent.matchAll(wanted)) all.push([row, cell, m.index, m.index + m[0].length]);
    rows[here]?.classList.remove("here");
    hits = all.slice(0, KEPT);
    hit = -1;
    paint("found", []);
    paint("find", hits.slice(0, LIT).map(([, ...place]) => range(...place)));
    tell();
  };
  const clear = () => { field.value = ""; search(); };
  field.addEventListener("input", search);
  field.addEventListener("keydown", e => {
    if (e.key === "Enter") show(hit + (e.shiftKey ? -1 : 1));
    if (e.key === "Escape") {  // once back to the text, where n and N go on; once more ends the search
      e.preventDefault();
      field.blur();
      if (hit >= 0) go(here);
    }
  });
  const [back, on] = document.querySelectorAll("search button");
  back.onclick = () => show(hit - 1);
  on.onclick = () => show(hit + 1);

  $("search").hidden = $("#keys").hidden = false;
})();
