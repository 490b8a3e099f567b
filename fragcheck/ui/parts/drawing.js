// A drawing of ours as SVG: what the page itself shows of HTML is cleaned of it.
export default function (component) {
  const { data, parentElement } = component;
  let place = parentElement.querySelector(".drawing");
  if (!place) {
    place = document.createElement("div");
    place.className = "drawing";
    parentElement.appendChild(place);
  }
  place.innerHTML = data.svg;
}
