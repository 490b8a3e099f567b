// A large matrix on a canvas: hover reads a cell, a click or Enter chooses it, arrow keys move.
// Values come row by row as 16-bit whole numbers, base64: 0 to 10000 for 0 to 1, 65535 for none.
const NONE = 65535;

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let root = parentElement.querySelector(".matrix");
  if (!root) {
    root = document.createElement("div");
    root.className = "matrix";
    const canvas = document.createElement("canvas");
    canvas.tabIndex = 0;
    canvas.setAttribute("role", "application");
    const said = document.createElement("div");
    said.className = "said";
    said.setAttribute("aria-live", "polite");
    root.append(canvas, said);
    parentElement.appendChild(root);
  }
  const [canvas, said] = root.children;
  const state = { data, canvas, said, values: decode(data.values), at: null };
  canvas.setAttribute("aria-label", data.words.label);
  said.textContent = data.words.hint;
  draw(state);
  canvas.onpointermove = (event) => point(state, place(state, event));
  canvas.onpointerleave = () => point(state, null);
  canvas.onclick = (event) => choose(state, place(state, event), setTriggerValue);
  canvas.onkeydown = (event) => on_key(state, event, setTriggerValue);
}

function decode(text) {
  const bytes = Uint8Array.from(atob(text), (mark) => mark.charCodeAt(0));
  return new Uint16Array(bytes.buffer);
}

function draw(state) {
  const { canvas, data, values } = state;
  const rows = data.rows.length;
  const columns = data.columns.length;
  const scale = Math.max(1, Math.ceil(1000 / Math.max(rows, columns)));
  canvas.width = columns * scale;
  canvas.height = rows * scale;
  canvas.style.aspectRatio = `${columns} / ${rows}`;
  const context = canvas.getContext("2d");
  const ramp = palette(data.ramp);
  const [low, high] = data.span;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column];
      context.fillStyle =
        value === NONE ? "#8888" : ramp[Math.max(0, Math.min(255, Math.round((255 * (value / 10000 - low)) / (high - low))))];
      context.fillRect(column * scale, row * scale, scale, scale);
    }
  }
  if (state.at) {
    const [row, column] = state.at;
    context.strokeStyle = "#d98600";
    context.lineWidth = Math.max(2, scale / 4);
    context.strokeRect(column * scale - 1, row * scale - 1, scale + 2, scale + 2);
  }
}

function palette(ramp) {
  const stops = ramp.map((colour) => [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16)));
  return Array.from({ length: 256 }, (_, index) => {
    const at = (index / 255) * (stops.length - 1);
    const left = Math.min(Math.floor(at), stops.length - 2);
    const mixed = stops[left].map((value, part) => Math.round(value + (stops[left + 1][part] - value) * (at - left)));
    return `rgb(${mixed.join(",")})`;
  });
}

function place(state, event) {
  const box = state.canvas.getBoundingClientRect();
  const row = Math.floor(((event.clientY - box.top) / box.height) * state.data.rows.length);
  const column = Math.floor(((event.clientX - box.left) / box.width) * state.data.columns.length);
  const is_inside = row >= 0 && column >= 0 && row < state.data.rows.length && column < state.data.columns.length;
  return is_inside ? [row, column] : null;
}

function point(state, at) {
  const { data, said } = state;
  if (!at) {
    said.textContent = data.words.hint;
    return;
  }
  const value = state.values[at[0] * data.columns.length + at[1]];
  const shown = value === NONE ? data.words.none : (value / 10000).toFixed(2);
  said.textContent = `${data.rows[at[0]]} ↔ ${data.columns[at[1]]}: ${shown}`;
}

function choose(state, at, send) {
  if (at) send("chosen", `${at[0]},${at[1]}`);
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function on_key(state, event, send) {
  if (event.key === "Enter" && state.at) {
    choose(state, state.at, send);
  } else if (STEPS[event.key]) {
    event.preventDefault();
    const [row, column] = state.at || [0, 0];
    const [down, right] = state.at ? STEPS[event.key] : [0, 0];
    state.at = [
      Math.max(0, Math.min(state.data.rows.length - 1, row + down)),
      Math.max(0, Math.min(state.data.columns.length - 1, column + right)),
    ];
    draw(state);
    point(state, state.at);
  }
}
