// A page of a document with a frame around every provision on it; a click on a frame chooses the provision.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let sheet = parentElement.querySelector(".sheet");
  if (!sheet) {
    sheet = document.createElement("div");
    sheet.className = "sheet";
    const image = document.createElement("img");
    const frames = document.createElement("div");
    frames.className = "frames";
    sheet.append(image, frames);
    parentElement.appendChild(sheet);
  }
  const [image, frames] = sheet.children;
  if (sheet.dataset.image !== data.image_id) {
    sheet.dataset.image = data.image_id;
    image.src = data.image;
  }
  image.alt = data.alt;
  sheet.style.aspectRatio = `${data.width} / ${data.height}`;
  const parts = document.createDocumentFragment();
  for (const { eid, label, chosen, rects } of data.frames) {
    rects.forEach(([left, top, width, height], index) => {
      const frame = document.createElement(index ? "div" : "button");
      frame.className = chosen ? "frame chosen" : "frame";
      frame.style.cssText = `left:${left}%;top:${top}%;width:${width}%;height:${height}%`;
      frame.title = label;
      if (!index) {
        frame.type = "button";
        frame.dataset.eid = eid;
        frame.setAttribute("aria-label", label);
        if (chosen) frame.setAttribute("aria-current", "true");
      }
      frame.onclick = () => setTriggerValue("chosen", eid);
      parts.appendChild(frame);
    });
  }
  // whoever goes by keys keeps the place when the program answers and the frames are made anew
  const active = frames.getRootNode().activeElement;
  const held = frames.contains(active) ? active.dataset.eid : undefined;
  frames.replaceChildren(parts);
  if (held === undefined) return;
  const frame = [...frames.querySelectorAll("button")].find((made) => made.dataset.eid === held);
  frame?.focus({ preventScroll: true });
}
