// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
//
// Comes after the console's own script for its forms, some functions of which are wrapped here.

(() => {
  const KEPT = 'unmodified'; // what the console sends and takes instead of a secret
  const OURS = /^io\.culvert\./;
  const WRITES =
    'What you save applies at once and is kept over restarts, but no file is changed. Whatever was'
    + ' written last counts: saved here, or a changed file in the folder of configurations.';

  let facts = {};
  let known = false; // whether there are facts
  let saved = '';

  const learn = () =>
    $.getJSON(`${appRoot}/res/ui/culvert.json`)
      .always((told, status) => {
        known = status === 'success';
        facts = known ? told : {};
      });

  const element = (name, className, text) => {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = text;
    return made;
  };

  const wrap = (name, wrapper) => {
    const own = window[name];
    window[name] = (...values) => wrapper(own, ...values);
  };

  // The list waits for the names.
  $.holdReady(true);
  document.addEventListener('DOMContentLoaded', () => {
    i18n.del_ask = 'Delete this configuration? Defaults count then, and a tunnel is closed.';
    learn().always(() => $.holdReady(false));
  });

  wrap('addConfig', (own, configuration) => {
    const { id, fpid } = configuration;
    const { name, state } = facts[id] || {};
    configuration.nameHint = fpid && name ? name : configuration.nameHint;
    own(configuration);
    const cell = configBody.find('tr:last td:eq(1)');
    if (configuration.nameHint) {
      cell.append(element('span', 'pid', id));
    }
    if (state === 'REFUSED' || state === 'WAITING') {
      cell.append(element('span', 'culvert-refused', state === 'REFUSED' ? 'refused' : 'waits'));
    }
  });

  // All that can be clicked in the list is reached by the keyboard, too.
  $(() => {
    $('.statline').text(
      `A check mark: is configured; without one the defaults count. “+” adds a tunnel. ${WRITES}`);
    configTable.find('td.pointer').wrapInner('<span role="button" tabindex="0"></span>');
    configTable.find('ul.icons li:not(.ui-state-disabled)').each((at, icon) => {
      $(icon).attr({ role: 'button', tabindex: 0, 'aria-label': icon.title });
    });
    configTable.on('keydown', '[role=button]', (event) => {
      if (event.key === 'Enter' || event.key === ' ') {
        event.preventDefault();
        event.target.click();
      }
    });
    editor.dialog('option', 'beforeClose', () =>
      written() === saved || confirm('Leave without saving what you changed?'));
  });

  // What is a default looks no longer like a warning.
  window.addDefaultValue = (cell) => {
    const mark = element('span', 'culvert-default', 'default');
    mark.title = 'Nothing is configured here, so this value counts; Save configures it.';
    cell.appendChild(mark);
    return cell;
  };

  wrap('createAddButton', (own, ...values) => {
    const span = own(...values);
    span.classList.add('culvert-add');
    $(span).find('[value="+"]').attr('aria-label', 'Add a value');
    return span;
  });

  wrap('createSpan', (own, ...values) => {
    const span = own(...values);
    span.classList.add('culvert-value');
    $(span).find('textarea').attr('aria-label', values[0]);
    $(span).find('[value="+"]').attr('aria-label', 'Add a value after this one');
    $(span).find('[value="-"]').attr('aria-label', 'Remove this value');
    return span;
  });

  wrap('addValue', (own, key, place) => {
    own(key, place);
    $(document.getElementById(place)).next().find('textarea').trigger('focus');
  });

  const form = () => document.getElementById('editorForm');
  const written = () => (form() ? $(form()).add('#locinput').serialize() : '');
  const fields = (key) => $(form()).find(':input:not([type=hidden])').filter((at, field) =>
    field.name === key && field.type !== 'button');
  const cell = (key) => {
    const list = form()?.querySelector('[name=propertylist]')?.value.split(',') || [];
    return list.includes(key) ? $(form()).find('[data-key]').filter((at, it) =>
      it.dataset.key === key) : $();
  };

  // Shows each problem at its field, and above the form what it is about and what has no field.
  const tell = (kind, text, problems) => {
    const banner = element('div', `culvert-banner culvert-${kind}`, '');
    banner.setAttribute('role', kind === 'problem' ? 'alert' : 'status');
    banner.append(element('p', '', text));
    problems.forEach(({ key, text: message }) => {
      const place = cell(key);
      if (place.length === 0) {
        banner.append(element('p', '', message));
        return;
      }
      const line = element('div', `culvert-${kind}`, message);
      line.id = `culvert-${kind}-${key}`;
      place.append(line);
      if (kind === 'problem') {
        fields(key).attr({ 'aria-invalid': true, 'aria-errormessage': line.id });
      }
    });
    $(form()).prepend(banner);
  };

  const standing = (fact, factoryPid) => {
    if (fact.state === 'REFUSED') {
      const otherwise = factoryPid ? 'a tunnel that had none is closed' : 'where there were none, the'
        + ' defaults are';
      tell('problem', 'These values were refused and are not in force. The last ones that were right'
        + ` still are; ${otherwise}.`, fact.errors);
    } else if (fact.state === 'WAITING') {
      tell('problem', 'These values are not in force yet.', fact.errors);
    }
    if (fact.warnings?.length > 0) {
      tell('warning', 'Something is odd about these values.', fact.warnings);
    }
  };

  // Says whether there is a secret, and what becomes of it.
  const secret = (field, filled) => {
    field.autocomplete = 'off';
    if (!filled) {
      field.setAttribute('value', '');
    }
    const line = element('div', 'culvert-secret', '');
    const say = () => {
      const set = filled ? 'Type to replace it, press Delete to have none.' : 'None is set.';
      const other = field.value ? 'Will be replaced.' : 'Will be removed.';
      line.textContent =
        field.value === KEPT ? `Is set and not shown. ${set}` : filled ? other : set;
    };
    say();
    $(field).after(line).on('input', say);
    $(form()).on('reset', () => setTimeout(say));
  };

  const mend = ({ pid, factoryPid, properties }) => {
    const fact = facts[pid] || {};
    const rows = $(form()).find('td.minWidthCell').closest('tr');
    Object.entries(properties).forEach(([key, { name, type }], at) => {
      const place = rows.eq(at).find('td:last');
      place.attr('data-key', key);
      const description = place.find('.topPaddedText').attr('id', `culvert-about-${at}`);
      fields(key).attr('aria-label', name).attr('aria-describedby', description.attr('id'));
      if (type === 12 && known && OURS.test(factoryPid || pid)) {
        fields(key).each((i, field) => secret(field, fact.filled?.includes(key)));
      }
    });
    $(form()).prepend(element('p', 'culvert-note', WRITES));
    standing(fact, factoryPid);
    if (OURS.test(factoryPid || pid)) {
      // Nothing of ours is bound to a bundle.
      $('#locinput').closest('tr').nextAll().addBack().hide();
    }
    saved = written();
  };

  wrap('displayConfigForm', (own, shown) => {
    learn().always(() => {
      const { name } = facts[shown.pid] || {};
      own(shown.factoryPid && name ? { ...shown, title: `${shown.title}: ${name}` } : shown);
      const unbind = editor.parent().find('.ui-dialog-buttonset button').filter((at, button) =>
        button.textContent === i18n.unbind_btn);
      unbind.toggle(!OURS.test(shown.factoryPid || shown.pid));
      mend(shown);
    });
  });

  const save = () => editor.parent().find('.ui-dialog-buttonset button').filter((at, button) =>
    button.textContent === i18n.save).trigger('click');

  // A value has one line, so Enter saves, as the browser does it in one field.
  $(document).on('keydown', '#editorForm textarea, #editorForm [type=password]', (event) => {
    if (event.key === 'Enter' && !event.originalEvent.isComposing) {
      event.preventDefault();
      save();
    }
  });

  // The dots of a secret are replaced and not added to, wherever the cursor is.
  $(document).on('beforeinput', '#editorForm [type=password]', ({ target }) => {
    if (target.value === KEPT) {
      target.value = '';
      $(target).trigger('input');
    }
  });

  window.addEventListener('beforeunload', (event) => {
    if (editor && editor.dialog('isOpen') && written() !== saved) {
      event.preventDefault();
    }
  });

  const refused = (said) => {
    const lines = said.split('\n').map((text) => ({ key: /^[^\s:]*/.exec(text)[0], text }));
    $(form()).find('.culvert-banner, .culvert-problem').remove();
    $(form()).find('[aria-invalid]').removeAttr('aria-invalid aria-errormessage');
    tell('problem', 'Not saved; what was in force stays. Mend what is named here or below.', lines);
    const wrong = $(form()).find('[aria-invalid]').first();
    (wrong.length > 0 ? wrong : editor).trigger('focus');
  };

  // Where it may not save, the console shows a page of the HTTP server; what was said is enough.
  $.ajaxPrefilter((options, original, request) => {
    options.global = false;
    if (options.type === 'POST') {
      request.done(() => {
        saved = written();
      });
    }
    request.fail(() => {
      const text = request.responseText || 'The gateway does not answer.';
      const page = new DOMParser().parseFromString(text, 'text/html');
      const title = page.querySelector('title')?.textContent.trim() || '';
      const said = title.replace(/^Error \d+ /, '') || text;
      if (request.status === 400 && editor && editor.dialog('isOpen')) {
        refused(said);
      } else {
        alert(said);
      }
    });
  });
})();
