/**
 * A double click is one press. People double-click buttons, and between the two clicks the page may have moved
 * something else under the pointer.
 */
export function startOnePress() {
  document.addEventListener(
    'click',
    (event) => {
      const isSecond = event.detail > 1 && event.target instanceof Element && event.target.closest('a, button');
      if (!isSecond) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
}
