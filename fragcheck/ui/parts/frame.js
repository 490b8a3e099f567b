// A whole page of HTML in a frame of an origin of its own: nothing in it can reach the app. An address that holds
// the page itself would do the same, but browsers show none beyond two megabytes.
export default function (component) {
  const { data, parentElement } = component;
  let frame = parentElement.querySelector("iframe");
  if (!frame) {
    frame = document.createElement("iframe");
    frame.className = "page";
    frame.setAttribute("sandbox", "allow-scripts");
    parentElement.appendChild(frame);
  }
  frame.title = data.title;
  if (frame.srcdoc !== data.html) frame.srcdoc = data.html;
}
