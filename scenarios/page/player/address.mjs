// The page's address: the moment behind #, the panels of an embedded page behind ?. A frame may refuse the address and
// the storage; the page then goes without.

export function addressed() {
  try {
    return decodeURIComponent(window.location.hash.slice(1));
  } catch {
    return "";
  }
}

export function asked(name) {
  try {
    return new URLSearchParams(window.location.search).get(name);
  } catch {
    return null;
  }
}

let pending = 0;
let refused = false;
/** Browsers allow a limited number of changes in a while: the last one of a burst counts. */
export function follow(state) {
  if (refused) return;
  clearTimeout(pending);
  pending = setTimeout(() => {
    try {
      window.history.replaceState(null, "", `#${state}`);
    } catch {
      refused = true;
    }
  }, 150);
}

export function remembered(name) {
  try {
    return window.localStorage.getItem(`gogoscope.${name}`);
  } catch {
    return null;
  }
}
export function remember(name, value) {
  try {
    window.localStorage.setItem(`gogoscope.${name}`, value);
  } catch {
    // Not remembered, then.
  }
}
