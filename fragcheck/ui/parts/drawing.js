// A drawing of ours as SVG: what the page itself shows of HTML is cleaned of it. A click on an element that
// says what it stands for chooses that.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  let place = parentElement.querySelector(".drawing");
  if (!place) {
    place = document.createElement("div");
    place.className = "drawing";
    parentElement.appendChild(place);
  }
  place.innerHTML = data.svg;
  place.onclick = (event) => {
    const cell = event.target.closest("[data-chosen]");
    if (cell) setTriggerValue("chosen", cell.dataset.chosen);
  };
}
