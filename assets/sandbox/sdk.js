// Stands in for Meta's JavaScript SDK where the Graph API is a sandbox: the part of it that embedded signup uses, with the
// same calls and the same order of events. The window that it opens belongs to the sandbox that served this script.
(() => {
  'use strict';
  const source = new URL(document.currentScript.src);
  let settings = {};

  const login = (callback, options) => {
    const channel = Array.from(crypto.getRandomValues(new Uint32Array(4)), number => number.toString(16)).join('');
    const address = new URL('window', source);
    const asked = {
      app_id: settings.appId, version: settings.version, config_id: options.config_id, response_type: options.response_type,
      extras: JSON.stringify(options.extras ?? {}), origin: location.origin, channel, lang: document.documentElement.lang,
      business_id: source.searchParams.get('business_id') ?? '',
    };
    for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value ?? '');
    const signup = window.open(address, 'wabadeck-sandbox-signup', 'popup,width=640,height=760');
    if (!signup) return;
    let over = false;
    const end = (code, status) => {
      if (over) return;
      over = true;
      clearInterval(watch);
      window.removeEventListener('message', hear);
      callback({ authResponse: code ? { code } : null, status });
    };
    const hear = message => {
      if (message.origin !== source.origin || !message.data || message.data.channel !== channel) return;
      end(message.data.code, message.data.status);
    };
    window.addEventListener('message', hear);
    // As Meta's SDK does, a window that is gone without a word counts as left. What it said last may still be on its way.
    const watch = setInterval(() => { if (signup.closed) { clearInterval(watch); setTimeout(() => end(null, 'unknown'), 500); } }, 250);
  };

  window.FB = {
    init: given => { settings = given; },
    login,
    getLoginStatus: callback => callback({ authResponse: null, status: 'unknown' }),
  };
  if (window.fbAsyncInit) window.fbAsyncInit();
})();
