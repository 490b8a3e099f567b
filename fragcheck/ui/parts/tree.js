// Contents tree: rows come flat in document order as [eid, depth, label, page, warnings, asked, corrected, quoted].
// Opening and closing stays in the browser; only a choice is sent to the program.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let root = parentElement.querySelector(".tree");
  if (!root) {
    root = document.createElement("div");
    root.className = "tree";
    root.setAttribute("role", "tree");
    parentElement.appendChild(root);
    root.fc = { opened: new Set(), closed: new Set(), document: "", chosen: null };
  }
  const state = root.fc;
  if (state.document !== data.document) {
    state.opened = new Set();
    state.closed = new Set();
    state.document = data.document;
    state.chosen = null;
  }
  state.data = data;
  state.send = (eid) => setTriggerValue("chosen", eid);
  root.setAttribute("aria-label", data.words.tree);
  const moved = state.chosen !== data.chosen;
  state.chosen = data.chosen;
  prepare(state);
  if (moved) open_ancestors(state, data.chosen);
  draw(root, state);
  if (moved) bring_into_view(root, root.querySelector('[aria-selected="true"]'));
  root.onclick = (event) => {
    const row = event.target.closest(".row");
    if (!row) return;
    if (event.target.closest(".twist") && state.kids.has(row.dataset.eid)) {
      toggle(root, state, row.dataset.eid);
    } else {
      choose(root, state, row.dataset.eid);
    }
  };
  root.onkeydown = (event) => on_key(root, state, event);
}

function prepare(state) {
  const stack = [];
  state.parent = new Map();
  state.kids = new Set();
  for (const [eid, depth] of state.data.rows) {
    stack.length = depth;
    const above = stack.filter((one) => one !== undefined).pop();
    state.parent.set(eid, above);
    if (above !== undefined) state.kids.add(above);
    stack[depth] = eid;
  }
}

function is_open(state, eid) {
  if (state.opened.has(eid)) return true;
  if (state.closed.has(eid)) return false;
  return state.data.expand;
}

function open_ancestors(state, eid) {
  for (let above = state.parent.get(eid); above !== undefined; above = state.parent.get(above)) {
    state.opened.add(above);
    state.closed.delete(above);
  }
}

function draw(root, state) {
  const { rows, chosen, words } = state.data;
  const hidden = new Set();
  const parts = document.createDocumentFragment();
  for (const row of rows) {
    const [eid] = row;
    const above = state.parent.get(eid);
    if (above !== undefined && (hidden.has(above) || !is_open(state, above))) {
      hidden.add(eid);
      continue;
    }
    parts.appendChild(line(state, row, eid === chosen, words));
  }
  const top = root.scrollTop;
  // whoever goes by keys keeps the place when the program answers and the rows are made anew
  const active = root.getRootNode().activeElement;
  const held = root.contains(active) ? active.dataset.eid : undefined;
  root.replaceChildren(parts);
  root.scrollTop = top;
  const made = [...root.querySelectorAll(".row")];
  const tab =
    made.find((row) => row.dataset.eid === held) || root.querySelector('[aria-selected="true"]') || made[0];
  if (!tab) return;
  tab.tabIndex = 0;
  if (held !== undefined) tab.focus({ preventScroll: true });
}

function line(state, [eid, depth, label, page, warnings, asked, corrected, quoted], selected, words) {
  const row = piece("div", "row" + (asked ? "" : " aside") + (selected ? " chosen" : ""));
  row.dataset.eid = eid;
  row.setAttribute("role", "treeitem");
  row.setAttribute("aria-level", depth + 1);
  row.setAttribute("aria-selected", selected);
  row.tabIndex = -1;
  row.style.paddingLeft = `${0.25 + Math.min(depth, 8) * 0.8}rem`;
  const twist = piece("span", "twist");
  twist.setAttribute("aria-hidden", "true");
  if (state.kids.has(eid)) {
    const opened = is_open(state, eid);
    row.setAttribute("aria-expanded", opened);
    twist.textContent = opened ? "▾" : "▸";
  }
  const name = piece("span", "label", label);
  name.dir = "auto";
  row.append(twist, name);
  if (quoted) row.append(mark("❝", words.quoted));
  if (corrected) row.append(mark("✎", words.corrected));
  if (warnings) row.append(mark("⚠", `${words.warning}: ${warnings}`));
  if (page) row.append(piece("span", "page", page));
  row.title = label;
  return row;
}

function piece(tag, name, words) {
  const made = document.createElement(tag);
  made.className = name;
  if (words !== undefined) made.textContent = words;
  return made;
}

function mark(sign, words) {
  const made = piece("span", "mark", sign);
  made.setAttribute("role", "img");
  made.setAttribute("aria-label", words);
  made.title = words;
  return made;
}

function toggle(root, state, eid) {
  const opened = is_open(state, eid);
  state.opened[opened ? "delete" : "add"](eid);
  state.closed[opened ? "add" : "delete"](eid);
  draw(root, state);
  focus(root, eid);
}

function choose(root, state, eid) {
  for (const row of root.querySelectorAll(".row")) {
    const selected = row.dataset.eid === eid;
    row.setAttribute("aria-selected", selected);
    row.classList.toggle("chosen", selected);
  }
  state.chosen = eid;
  state.data.chosen = eid;
  focus(root, eid);
  state.send(eid);
}

function focus(root, eid) {
  for (const row of root.querySelectorAll(".row")) {
    row.tabIndex = row.dataset.eid === eid ? 0 : -1;
    if (row.dataset.eid === eid) {
      row.focus({ preventScroll: true });
      bring_into_view(root, row);
    }
  }
}

// Scrolls the tree alone: scrollIntoView would move the whole page too.
function bring_into_view(root, row) {
  if (!row) return;
  const top = row.offsetTop;
  if (top < root.scrollTop || top + row.offsetHeight > root.scrollTop + root.clientHeight) {
    root.scrollTop = top - root.clientHeight / 3;
  }
}

function on_key(root, state, event) {
  const rows = [...root.querySelectorAll(".row")];
  const active = root.getRootNode().activeElement;
  const at = rows.indexOf(active);
  if (at < 0) return;
  const eid = active.dataset.eid;
  const has = state.kids.has(eid);
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
  if (event.key in steps) {
    const next = rows[Math.max(0, Math.min(rows.length - 1, steps[event.key]))];
    focus(root, next.dataset.eid);
  } else if (event.key === "ArrowRight" && has) {
    if (is_open(state, eid)) focus(root, rows[at + 1].dataset.eid);
    else toggle(root, state, eid);
  } else if (event.key === "ArrowLeft") {
    if (has && is_open(state, eid)) toggle(root, state, eid);
    else if (state.parent.get(eid) !== undefined) focus(root, state.parent.get(eid));
  } else if (event.key === "Enter" || event.key === " ") {
    choose(root, state, eid);
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}
