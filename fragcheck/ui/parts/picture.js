// A button that saves a drawing as PNG: the browser draws it, with its own fonts and shaping, at twice the size.
const TIMES = 2;
// A frame with a hill and a sun, as on the other buttons of pictures.
const ICON =
  '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" fill="none" stroke="currentColor" ' +
  'stroke-width="1.6" stroke-linejoin="round"><rect x="2.5" y="2.5" width="15" height="15" rx="2"/>' +
  '<path d="m4.5 14.5 3.5-4.5 2.5 3 1.8-2.2 3.2 3.7z" fill="currentColor" stroke="none"/></svg>';

export default function (component) {
  const { data, parentElement } = component;
  let button = parentElement.querySelector("button");
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    button.className = "picture";
    button.innerHTML = ICON;
    button.appendChild(document.createElement("span"));
    parentElement.appendChild(button);
  }
  button.lastChild.textContent = data.label;
  button.onclick = () => save(data);
}

async function save({ svg, name }) {
  const source = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = TIMES * image.naturalWidth;
  canvas.height = TIMES * image.naturalHeight;
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(source);
  const found = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(found);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
