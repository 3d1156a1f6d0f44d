// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
//
// Comes after the console's own script for its forms.

// The dots of a password stand for a secret, or for none: they are replaced and not added to.
document.addEventListener('focusin', ({ target }) => {
  if (target.matches('#editorForm [type=password]')) {
    target.select();
  }
});

// Where it may not save, the console shows a page of the HTTP server; what was said is enough.
$.ajaxPrefilter((options, original, request) => {
  options.global = false;
  request.fail(() => {
    const text = request.responseText || 'The gateway does not answer.';
    const { title } = new DOMParser().parseFromString(text, 'text/html');
    alert(title.replace(/^Error \d+ /, '') || text);
  });
});
