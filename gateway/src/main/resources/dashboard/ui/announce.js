// What a screen reader tells without being asked: changes of state, never each step of a progress.
export function announce(text) {
  const region = document.getElementById("announcements");
  if (region) {
    region.textContent = text;
  }
}
