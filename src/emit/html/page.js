'use strict';
(() => {
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const paper = $('#paper'), sheet = $('#sheet'), over = $('#over'), wires = $('#wires'), chips = $('#chips'), tip = $('#tip');
  const figures = JSON.parse($('#figures').textContent);
  const cards = $$('#list > .card'), tests = $$('#tests > .test');

  // Every marked stretch of the text with the byte where it begins, in order.
  const leaves = $$('[data-o]', sheet).map(node => ({ at: +node.dataset.o, node })).sort((a, b) => a.at - b.at);
  const firstFrom = byte => {
    let low = 0, high = leaves.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (leaves[middle].at < byte) low = middle + 1; else high = middle;
    }
    return low;
  };
  const nodesIn = (start, end) => {
    const found = [];
    for (let i = firstFrom(start); i < leaves.length && leaves[i].at < end; i++) found.push(leaves[i].node);
    return found;
  };
  const labelsOf = item => JSON.parse(item.dataset.l)
    .map(([start, end, role]) => ({ role, nodes: nodesIn(start, end) })).filter(label => label.nodes.length);

  // Selection: a finding, a tested relation or a number that was not read.
  let selected = null, labels = [], at = 0;
  function select(item, scroll = true) {
    if (selected) {
      selected.classList.remove('on');
      $('.head', selected).setAttribute('aria-expanded', 'false');
      labels.forEach(label => label.nodes.forEach(node => node.classList.remove('operand', 'stated', over.className)));
    }
    selected = item;
    labels = item ? labelsOf(item) : [];
    at = 0;
    hideTip();
    if (!item) return draw();
    item.classList.add('on');
    const tone = 'tone-' + (item.dataset.s || item.dataset.v || 'abstained');
    over.className = tone;
    if (item.classList.contains('card')) $('.head', item).setAttribute('aria-expanded', 'true');
    labels.forEach((label, index) => label.nodes.forEach(node => node.classList.add(...(index ? ['operand'] : ['stated', tone]))));
    item.scrollIntoView({ block: 'nearest' });
    if (scroll) look(0);
    draw();
  }
  function look(index) {
    if (!labels.length) return;
    at = (index + labels.length) % labels.length;
    labels[at].nodes[0].scrollIntoView({ block: 'center', inline: 'nearest' });
    $$('.operands button', selected).forEach((button, i) => button.classList.toggle('at', i === at));
  }

  // Lines run under the text to a trunk in the left margin, so that they cross no words.
  function boxOf(node, origin) {
    const rect = node.getClientRects()[0];
    if (!rect) return null;
    const scroller = node.closest('.scroll');
    let left = rect.left, right = rect.right;
    if (scroller) {
      const clip = scroller.getBoundingClientRect();
      left = Math.min(Math.max(left, clip.left), clip.right);
      right = Math.max(Math.min(right, clip.right), clip.left);
    }
    return { left: left - origin.left, right: right - origin.left, top: rect.top - origin.top, bottom: rect.bottom - origin.top };
  }
  function draw() {
    wires.replaceChildren();
    chips.replaceChildren();
    const origin = sheet.getBoundingClientRect();
    const boxes = labels.map(label => ({ role: label.role, box: boxOf(label.nodes[0], origin) })).filter(each => each.box);
    if (!boxes.length) return;
    wires.setAttribute('width', sheet.clientWidth);
    wires.setAttribute('height', sheet.clientHeight);
    const element = (name, attributes) => {
      const made = document.createElementNS('http://www.w3.org/2000/svg', name);
      Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
      wires.append(made);
    };
    const trunk = 20, bend = 6, drop = 5;
    const lane = each => each.box.bottom + drop;
    const foot = each => Math.min((each.box.left + each.box.right) / 2, each.box.left + 40);
    if (boxes.length > 1) {
      const lanes = boxes.map(lane), top = Math.min(...lanes), bottom = Math.max(...lanes);
      const left = bottom - top > 2 * bend ? trunk + bend : Math.min(...boxes.map(foot));
      for (const each of boxes) {
        const x = foot(each), y = lane(each);
        element('path', { d: x - left < 3 ? `M${x},${each.box.bottom} V${y}` : `M${x},${each.box.bottom} V${y - 3} Q${x},${y} ${x - 3},${y} H${left}` });
        element('circle', { cx: x, cy: each.box.bottom, r: 2.6 });
      }
      if (bottom - top > 2 * bend) {
        element('path', { d: `M${trunk + bend},${top} Q${trunk},${top} ${trunk},${top + bend} V${bottom - bend} Q${trunk},${bottom} ${trunk + bend},${bottom}` });
        lanes.filter(y => y > top && y < bottom).forEach(y => element('path', { d: `M${trunk + bend},${y} H${trunk}` }));
      }
    }
    boxes.sort((a, b) => a.box.top - b.box.top || a.box.left - b.box.left);
    boxes.forEach((each, index) => {
      const next = boxes[index + 1];
      const sameLine = next && Math.abs(next.box.top - each.box.top) < 5;
      const room = (sameLine ? next.box.left : sheet.clientWidth - 8) - each.box.left - 4;
      const chip = document.createElement('b');
      chip.textContent = each.role;
      chip.style.cssText = `left:${each.box.left}px;top:${each.box.top - 14}px;max-width:${Math.max(room, 14)}px`;
      chips.append(chip);
    });
  }

  // Tabs.
  const tabs = $$('#tabs [role=tab]');
  function show(tab) {
    tabs.forEach(each => {
      const chosen = each === tab;
      each.setAttribute('aria-selected', chosen);
      each.tabIndex = chosen ? 0 : -1;
      document.getElementById(each.getAttribute('aria-controls')).hidden = !chosen;
    });
  }
  tabs.forEach(tab => tab.addEventListener('click', () => show(tab)));
  $('#tabs').addEventListener('keydown', event => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    show(next);
    next.focus();
  });
  const active = () => tabs.findIndex(tab => tab.getAttribute('aria-selected') === 'true');
  const visible = () => (active() === 1 ? tests : cards).filter(item => !item.hidden);

  // What the auditor makes of each finding, kept by this browser under the finding's id.
  const key = card => 'gouji:' + card.id;
  const memory = {
    read: card => { try { return JSON.parse(localStorage.getItem(key(card))) || {}; } catch { return {}; } },
    write: (card, value) => { try { localStorage.setItem(key(card), JSON.stringify(value)); } catch { /* not kept */ } },
  };
  const marks = new Map(cards.map(card => [card, memory.read(card)]));
  function showMark(card) {
    const { mark = '', remark = '' } = marks.get(card);
    $$('.mark', card).forEach(button => button.setAttribute('aria-pressed', button.dataset.mark === mark));
    $('.remark', card).value = remark;
    card.classList.toggle('done', mark !== '' && mark !== 'open');
  }
  function setMark(card, change) {
    marks.set(card, { ...marks.get(card), ...change });
    memory.write(card, marks.get(card));
    showMark(card);
  }
  cards.forEach(showMark);

  // Filters.
  const words = new Map([...cards, ...tests].map(item => [item, null]));
  const holds = (item, query) => {
    if (!query) return true;
    if (words.get(item) === null) words.set(item, item.textContent.toLowerCase());
    return words.get(item).includes(query);
  };
  const pressed = (name, root) => new Set($$(`[data-${name}][aria-pressed=true]`, root).map(chip => chip.dataset[name]));
  function filter() {
    const severities = pressed('severity', document), rule = $('#rule').value, review = $('#reviewed').value;
    const query = $('#search').value.trim().toLowerCase();
    let count = 0;
    for (const card of cards) {
      const mark = marks.get(card).mark || '';
      const wanted = severities.has(card.dataset.s) && (!rule || card.dataset.r === rule)
        && (!review || (review === 'none' ? mark === '' : mark === review)) && holds(card, query);
      card.hidden = !wanted;
      count += wanted;
    }
    $('#shown').textContent = count === cards.length ? '' : `${count} / ${cards.length}`;
    const verdicts = pressed('verdict', document), sought = $('#find-test').value.trim().toLowerCase();
    for (const test of tests) test.hidden = !(verdicts.has(test.dataset.v) && holds(test, sought));
    if (selected && selected.hidden) select(null);
  }
  document.addEventListener('click', event => {
    const chip = event.target.closest('.chip');
    if (!chip) return;
    chip.setAttribute('aria-pressed', chip.getAttribute('aria-pressed') !== 'true');
    filter();
  });
  ['#search', '#find-test'].forEach(id => $(id).addEventListener('input', filter));
  ['#rule', '#reviewed'].forEach(id => $(id).addEventListener('change', filter));

  // Numbers of one state brought out.
  $$('.state').forEach(button => button.addEventListener('click', () => {
    const on = button.getAttribute('aria-pressed') !== 'true';
    $$('.state').forEach(each => each.setAttribute('aria-pressed', each === button && on));
    $$('.bring', sheet).forEach(node => node.classList.remove('bring'));
    if (on) $$(`.n.${button.dataset.state}`, sheet).forEach(node => node.classList.add('bring'));
    if (on) sheet.dataset.state = button.dataset.state; else delete sheet.dataset.state;
  }));

  // The panel.
  $('#panel').addEventListener('click', event => {
    const item = event.target.closest('[data-l]');
    if (!item) return;
    const operand = event.target.closest('.operands button'), mark = event.target.closest('.mark');
    if (operand) { select(selected === item ? item : item, false); look(+operand.dataset.at); }
    else if (mark) setMark(item, { mark: mark.getAttribute('aria-pressed') === 'true' ? '' : mark.dataset.mark });
    else if (event.target.closest('.copy')) copy(item, event.target);
    else if (event.target.closest('.head')) select(selected === item && item.classList.contains('card') ? null : item);
  });
  $('#panel').addEventListener('input', event => {
    if (event.target.matches('.remark')) setMark(event.target.closest('.card'), { remark: event.target.value });
  });
  function copy(card, button) {
    const line = selector => ($(selector, card) || { textContent: '' }).textContent;
    const text = [`【${line('.tag')}】${line('.name')}（${line('.head .where')}）`, line('.message'),
      line('.proof span') && '算式：' + line('.proof span'), line('.fix span') && '建议：' + line('.fix span')].filter(Boolean).join('\n');
    const done = () => { button.textContent = '已复制'; setTimeout(() => { button.textContent = '复制'; }, 1500); };
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    if (document.execCommand('copy')) done();
    area.remove();
  }

  // The text: a number says what it was read as and where it was tested.
  let byNumber = null;
  function testsOf(number) {
    if (!byNumber) {
      byNumber = new Map();
      for (const test of tests) {
        for (const label of labelsOf(test)) {
          for (const node of label.nodes) {
            const id = node.dataset.n;
            if (!id) continue;
            if (!byNumber.has(id)) byNumber.set(id, new Set());
            byNumber.get(id).add(test);
          }
        }
      }
    }
    return [...(byNumber.get(number) || [])];
  }
  function hideTip() {
    tip.hidden = true;
    $$('.asked', sheet).forEach(node => node.classList.remove('asked'));
  }
  function ask(node) {
    hideTip();
    const [value, reading, unread] = figures[+node.dataset.n];
    $$(`[data-n="${node.dataset.n}"]`, sheet).forEach(each => each.classList.add('asked'));
    const line = (name, text) => { const made = document.createElement(name); made.textContent = text; return made; };
    const state = { checked: '核对', linked: '识别', read: '读出', unread: '未读' };
    const word = Object.keys(state).find(each => node.classList.contains(each));
    tip.replaceChildren(line('b', `${value}（${state[word]}）`), line('p', reading || unread || '没有识别它说的是什么'));
    testsOf(node.dataset.n).slice(0, 8).forEach(test => {
      const button = line('button', `${$('.tag', test).textContent} ${($('.line', test) || $('.reason', test) || $('.name', test)).textContent}`);
      button.addEventListener('click', () => { reveal(test); });
      tip.append(button);
    });
    tip.hidden = false;
    const rect = node.getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(rect.left, innerWidth - tip.offsetWidth - 8)) + 'px';
    const below = rect.bottom + 8;
    tip.style.top = (below + tip.offsetHeight > innerHeight ? Math.max(4, rect.top - tip.offsetHeight - 8) : below) + 'px';
  }
  function reveal(item) {
    show(tabs[item.classList.contains('test') ? 1 : 0]);
    if (item.hidden) { item.hidden = false; }
    select(item, false);
  }
  sheet.addEventListener('click', event => {
    const badge = event.target.closest('sup.no');
    if (badge) return reveal(cards[+badge.dataset.f - 1]);
    const number = event.target.closest('[data-n]');
    if (number) ask(number); else hideTip();
  });
  paper.addEventListener('scroll', hideTip, { passive: true });

  // The map: where numbers of which state stand, and where the findings are.
  const map = $('#map');
  // Everything is measured first and written afterwards: a change between two measurements would lay out the page anew.
  const SLOTS = 150, ORDER = ['checked', 'linked', 'read', 'unread'], GRAVITY = ['error', 'warning', 'info'];
  function drawMap() {
    const height = paper.scrollHeight, origin = paper.getBoundingClientRect().top - paper.scrollTop;
    const slotOf = node => Math.min(SLOTS - 1, Math.max(0, Math.floor((node.getBoundingClientRect().top - origin) / height * SLOTS)));
    const slots = Array.from({ length: SLOTS }, () => ({ states: {}, worst: null }));
    for (const { node } of leaves) {
      const state = node.dataset.n && ORDER.find(each => node.classList.contains(each));
      if (!state) continue;
      const { states } = slots[slotOf(node)];
      states[state] = (states[state] || 0) + 1;
    }
    for (const badge of $$('sup.no', sheet)) {
      const slot = slots[slotOf(badge)], severity = cards[+badge.dataset.f - 1].dataset.s;
      if (!slot.worst || GRAVITY.indexOf(severity) < GRAVITY.indexOf(slot.worst)) slot.worst = severity;
    }
    const parts = document.createDocumentFragment();
    const part = (name, className, style) => {
      const made = document.createElement(name);
      made.className = className;
      made.style.cssText = style;
      parts.append(made);
      return made;
    };
    slots.forEach(({ states, worst }, index) => {
      const all = Object.values(states).reduce((a, b) => a + b, 0), at = index * 100 / SLOTS;
      let left = 2;
      for (const state of ORDER.filter(each => states[each])) {
        const width = 10 * states[state] / all;
        part('i', state, `top:${at}%;height:.55%;left:${left}px;width:${width}px`);
        left += width;
      }
      if (worst) part('b', worst, `top:${at + .15}%`);
    });
    const view = part('u', '', '');
    map.replaceChildren(parts);
    const follow = () => { view.style.cssText = `top:${paper.scrollTop / height * 100}%;height:${paper.clientHeight / height * 100}%`; };
    follow();
    paper.onscroll = follow;
  }
  map.addEventListener('click', event => {
    const part = (event.clientY - map.getBoundingClientRect().top) / map.clientHeight;
    paper.scrollTo({ top: part * paper.scrollHeight - paper.clientHeight / 2 });
  });
  let waiting = 0;
  addEventListener('resize', () => { clearTimeout(waiting); waiting = setTimeout(() => { drawMap(); draw(); }, 120); });
  $$('.scroll', sheet).forEach(each => each.addEventListener('scroll', draw, { passive: true }));

  // Light and dark, print, keys.
  const dark = () => (document.documentElement.dataset.theme || (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const turn = () => { document.documentElement.dataset.theme = dark() ? 'light' : 'dark'; };
  const help = $('#help');
  $('#theme').addEventListener('click', turn);
  $('#print').addEventListener('click', () => print());
  $('#keys').addEventListener('click', () => help.showModal());
  $('#close').addEventListener('click', () => help.close());
  function step(by) {
    const items = visible();
    if (!items.length) return;
    const here = items.indexOf(selected);
    const next = items[here < 0 ? (by > 0 ? 0 : items.length - 1) : Math.min(items.length - 1, Math.max(0, here + by))];
    select(next);
    next.focus({ preventScroll: true });
  }
  document.addEventListener('keydown', event => {
    const typing = event.target.matches('input, select, textarea');
    if (event.key === 'Escape') { if (typing) event.target.blur(); hideTip(); return help.open || select(null); }
    if (typing || help.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const chip = name => $(`[data-severity=${name}]`).click();
    const scrolls = event.target === paper;
    const actions = {
      j: () => step(1), k: () => step(-1), n: () => look(at + 1), p: () => look(at - 1), t: turn,
      1: () => chip('error'), 2: () => chip('warning'), 3: () => chip('info'),
      f: () => show(tabs[0]), v: () => show(tabs[1]), c: () => show(tabs[2]), '?': () => help.showModal(),
      '/': () => { show(tabs[0]); $('#search').focus(); },
      ArrowDown: scrolls ? null : () => step(1), ArrowUp: scrolls ? null : () => step(-1),
    };
    const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action) { event.preventDefault(); action(); }
  });

  filter();
  drawMap();
  if (location.hash.startsWith('#f-')) {
    const card = document.getElementById(location.hash.slice(1));
    if (card) select(card);
  }
})();
