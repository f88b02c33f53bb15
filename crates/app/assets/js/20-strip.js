// The career strip opens at its newest years where it is wider than the screen.
(function () {
  "use strict";
  document.querySelectorAll("[data-newest]").forEach(function (drawing) {
    drawing.scrollLeft = drawing.scrollWidth;
  });
})();
