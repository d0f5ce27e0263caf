// The relay on an App Platform: hands the messages of the API "Calendar" from the PBX Manager to pbx-calendar on its own
// host, and back. It runs in the JavaScript runtime of the platform, which is Duktape: ECMAScript 5.1, ASCII, no modules.
// What it does is written down in docs/app-platform.md.
(function () {
    'use strict';

    // 1000000 + 10000 * major + 100 * minor + patch, as in build.txt.
    var BUILD = 1000100;
    var PROTOCOL = 1;
    var SERVICE = 'pbx-calendar';
    var API = 'Calendar';

    var MAX_SESSIONS = 32;
    var MAX_UNANSWERED = 16;
    var MAX_BYTES = 65535;
    var MAX_WRONG_TICKETS = 3;
    var TICKET_DIGITS = 48;
    var MAX_TICKETS_KEPT = 100;
    var MIN_SEED = 16;

    var LOGIN_MS = 10000;
    var SILENCE_MS = 60000;
    var ANSWER_MS = 30000;
    var FIRST_PAUSE_MS = 1000;
    var LONGEST_PAUSE_MS = 30000;
    var REFUSED_PAUSE_MS = 300000;

    // ---- What is not known of the platform: one function each ----

    // `close` is listed and not described. Without it the peer finds out by itself that nobody listens.
    function hangUp(websocket) {
        if (typeof websocket.close === 'function') {
            websocket.close();
        }
    }

    // Whether a saved value can be read at once is not said; who looks for the ticket looks again.
    function publishTicket() {
        Config.ticket = ticket;
        Config.save();
    }

    // Somebody wrote over the ticket. Not for ever: a runtime that keeps another value than it is given would tell of each.
    function keepTicket() {
        if (Config.ticket !== ticket && ticketsKept < MAX_TICKETS_KEPT) {
            ticketsKept++;
            publishTicket();
        }
    }

    // Own saves may or may not be told of by `onchanged`, so this looks by itself, and twice does no harm.
    function savePassword(password) {
        Config.servicePassword = password;
        Config.save();
        settingsMayHaveChanged();
    }

    // What becomes of bytes that do not decrypt is not said: an error, part of a text, or one that is none. They are as many
    // as went in only if nothing is lost.
    function decrypt(conn, seed, encrypted) {
        var text = /^[0-9A-Fa-f]*$/.test(encrypted) ? conn.decrypt(seed, encrypted) : null;
        var bytes = typeof text === 'string' ? utf8(text) : null;
        return bytes && bytes.length * 2 === encrypted.length ? { text: text, bytes: bytes } : null;
    }

    // The runtime takes texts as they lie in memory. A character that JSON wrote as two escapes lies there as two; what
    // goes to a hash or into the database has to have it as one, or it is no UTF-8.
    function wellFormed(text) {
        return text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, function (pair) {
            return String.fromCharCode(codePoint(pair.charCodeAt(0), pair.charCodeAt(1)));
        });
    }

    function sha256(text) {
        return Crypto.hash('SHA256').update(wellFormed(text)).final().toLowerCase();
    }

    function randomHex(digits) {
        return Random.bytes(Math.ceil(digits / 2)).slice(0, digits);
    }

    // A number from 0 to 1, without 1.
    function random() {
        return Random.dword() / 4294967296;
    }

    // ---- Texts ----

    function codePoint(high, low) {
        return 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    }

    // The bytes of a text, whether it has characters beyond FFFF as one or as two. Null if it is none.
    function utf8(text) {
        var bytes = [], i, c, low;
        for (i = 0; i < text.length; i++) {
            c = text.charCodeAt(i);
            if (c >= 0xd800 && c <= 0xdbff) {
                low = text.charCodeAt(++i);
                if (!(low >= 0xdc00 && low <= 0xdfff)) {
                    return null;
                }
                c = codePoint(c, low);
            } else if ((c >= 0xdc00 && c <= 0xdfff) || c > 0x10ffff) {
                return null;
            }
            if (c < 0x80) {
                bytes.push(c);
            } else if (c < 0x800) {
                bytes.push(0xc0 | (c >> 6), 0x80 | (c & 63));
            } else if (c < 0x10000) {
                bytes.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
            } else {
                bytes.push(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63));
            }
        }
        return bytes;
    }

    function isTooLong(text) {
        var rest, bytes, i, c;
        if (text.length * 4 <= MAX_BYTES || text.length > MAX_BYTES) {
            return text.length > MAX_BYTES;
        }
        rest = text.replace(/[\x00-\x7f]+/g, '');
        bytes = text.length - rest.length;
        for (i = 0; i < rest.length; i++) {
            c = rest.charCodeAt(i);
            bytes += c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        }
        return bytes > MAX_BYTES;
    }

    // JSON in ASCII: what is not stands within texts, and may be written as escapes there.
    function ascii(json) {
        return json.replace(/[^\x00-\x7f]/g, function (character) {
            var c = character.charCodeAt(0);
            return c > 0xffff ? unit(0xd800 + ((c - 0x10000) >> 10)) + unit(0xdc00 + ((c - 0x10000) & 0x3ff)) : unit(c);
        });
    }

    function unit(c) {
        return '\\u' + ('000' + c.toString(16)).slice(-4);
    }

    // The same text for the same value, in whatever order its members come.
    function canonical(value) {
        var names, parts = [], i;
        if (value === null || typeof value !== 'object') {
            return JSON.stringify(value);
        }
        names = Object.keys(value).sort();
        // A loop: functions that the engine calls may not lie as deep in each other as JSON does.
        for (i = 0; i < names.length; i++) {
            parts.push((Array.isArray(value) ? '' : JSON.stringify(names[i])) + ':' + canonical(value[names[i]]));
        }
        return (Array.isArray(value) ? '[' : '{') + parts.join() + '}';
    }

    // A member of a JSON object as it is written there: no number loses digits. `json` has been parsed before.
    function written(json, name) {
        var at = json.indexOf('{') + 1, depth = 0, key = null, start = 0, found, c, end;
        for (; at < json.length; at++) {
            c = json.charAt(at);
            if (c === '"') {
                end = endOfString(json, at);
                if (depth === 0 && key === null) {
                    key = JSON.parse(json.slice(at, end + 1));
                }
                at = end;
            } else if (c === '{' || c === '[') {
                depth++;
            } else if (depth > 0) {
                depth -= c === '}' || c === ']' ? 1 : 0;
            } else if (c === ':') {
                start = at + 1;
            } else if (c === ',' || c === '}') {
                if (key === name) {
                    found = json.slice(start, at).trim();
                }
                key = null;
            }
        }
        return found;
    }

    function endOfString(json, at) {
        var end = at, backslashes;
        do {
            end = json.indexOf('"', end + 1);
            for (backslashes = 0; json.charAt(end - 1 - backslashes) === '\\'; backslashes++) { }
        } while (backslashes % 2 === 1);
        return end;
    }

    function rc4(key, data) {
        var s = [], out = '', i, j, t, n;
        for (i = 0; i < 256; i++) {
            s[i] = i;
        }
        for (i = 0, j = 0; i < 256; i++) {
            j = (j + s[i] + key[i % key.length]) & 255;
            t = s[i]; s[i] = s[j]; s[j] = t;
        }
        for (n = 0, i = 0, j = 0; n < data.length; n++) {
            i = (i + 1) & 255;
            j = (j + s[i]) & 255;
            t = s[i]; s[i] = s[j]; s[j] = t;
            out += ('0' + (data[n] ^ s[(s[i] + s[j]) & 255]).toString(16)).slice(-2);
        }
        return out;
    }

    // Takes as long wherever they differ.
    function isSameSecret(one, other) {
        var difference = one.length ^ other.length, i;
        for (i = 0; i < one.length; i++) {
            difference |= one.charCodeAt(i) ^ other.charCodeAt(i % (other.length || 1));
        }
        return difference === 0;
    }

    // ---- What every callback goes through ----

    function say(text) {
        try {
            log('calendar relay: ' + text);
        } catch (e) {
            // There is nobody else to tell.
        }
    }

    // Errors may quote what was being read, so their name is all that is said of them.
    function attempt(what, work) {
        try {
            work();
            return true;
        } catch (e) {
            say(what + ' failed');
            return false;
        }
    }

    function later(session, ms, work) {
        var timer = { isRunning: true, reference: null };
        timer.reference = Timers.setTimeout(function () {
            timer.isRunning = false;
            attempt('a timer', work) || fail(session);
        }, Math.round(ms));
        return timer;
    }

    function cancel(timer) {
        if (timer && timer.isRunning) {
            timer.isRunning = false;
            Timers.clearTimeout(timer.reference);
        }
    }

    // ---- Settings ----

    var ticket = '';
    var ticketsKept = 0;
    var settings = { url: '', password: '' };

    function readSettings() {
        return { url: String(Config.serviceUrl || ''), password: String(Config.servicePassword || '') };
    }

    function settingsMayHaveChanged() {
        var now = readSettings();
        if (now.url !== settings.url || now.password !== settings.password) {
            settings = now;
            say('address or password have changed');
            openSessions().forEach(function (session) {
                attempt('a new start', function () {
                    session.failures = 0;
                    dial(session);
                });
            });
        }
    }

    // The address of the websocket, or null for one that is not safe to send anything to.
    function websocketUrl(url) {
        var parts = /^https:\/\/([!-~]+)$/i.exec(url);
        if (!parts || /[?#@\\]/.test(parts[1]) || parts[1].charAt(0) === '/' || parts[1].charAt(0) === ':') {
            return null;
        }
        return 'wss://' + parts[1].replace(/\/+$/, '') + '/';
    }

    // ---- Sessions of the PBX Manager ----

    var sessions = [];

    function openSessions() {
        return sessions.filter(function (session) {
            return session.isOpen;
        });
    }

    function begin(conn) {
        var session = {
            conn: conn,
            isOpen: false,
            isGone: false,
            wrongTickets: 0,
            unanswered: [],
            // The websocket to the service, or null.
            link: null,
            state: '',
            since: 0,
            next: 0,
            failures: 0,
            timer: null,
            service: {}
        };
        sessions.push(session);
        conn.onclose(function () {
            attempt('the end of a session', function () {
                leave(session);
            });
        });
        conn.onmessage(function (text) {
            attempt('a message of a session', function () {
                hear(session, text);
            }) || fail(session);
            if (!session.isGone) {
                attempt('the next message of a session', function () {
                    conn.messageComplete();
                });
            }
        });
        conn.setFlowControl(true);
    }

    function leave(session) {
        session.isGone = true;
        session.isOpen = false;
        session.unanswered = [];
        sessions.splice(sessions.indexOf(session), 1);
        endLink(session, false);
        stopTimer(session);
    }

    // Something that must not happen did: what hangs on the link ends, and is tried again.
    function fail(session) {
        attempt('a new start', function () {
            if (session.isOpen) {
                endLink(session, false);
                rest(session, 'unreachable');
            }
        });
    }

    function parse(text) {
        var body;
        try {
            body = JSON.parse(text);
        } catch (e) {
            return null;
        }
        return body && typeof body === 'object' && typeof body.mt === 'string' ? body : null;
    }

    function hear(session, text) {
        var body = typeof text === 'string' ? parse(text) : null, request, src;
        if (!body) {
            return;
        }
        if (Object.prototype.hasOwnProperty.call(body, 'src')) {
            src = ascii(typeof body.src === 'string' ? JSON.stringify(body.src) : written(text, 'src'));
        }
        request = { mt: body.mt, src: src, key: src === undefined ? '' : canonical(body.src), body: body, text: text };
        if (request.mt === 'GetRelay') {
            answer(session, request, describe(session));
        } else if (request.mt === 'OpenRelay') {
            open(session, request);
        } else if (!session.isOpen) {
            answer(session, request, { result: 'AccessDenied' });
        } else if (request.mt === 'RetryRelay') {
            answer(session, request, { ok: true });
            if (!session.link) {
                dial(session);
            }
        } else {
            relay(session, request);
        }
    }

    function open(session, request) {
        var given = request.body.ticket;
        if (session.isOpen) {
            return answer(session, request, { ok: true });
        }
        if (session.wrongTickets >= MAX_WRONG_TICKETS || !ticket || typeof given !== 'string' || !isSameSecret(given, ticket)) {
            session.wrongTickets++;
            return answer(session, request, { result: 'AccessDenied' });
        }
        if (openSessions().length >= MAX_SESSIONS) {
            return answer(session, request, { error: 'busy' });
        }
        session.isOpen = true;
        answer(session, request, { ok: true });
        dial(session);
    }

    function describe(session) {
        var about = { relay: 1, build: BUILD, protocol: PROTOCOL, open: session.isOpen };
        return session.isOpen ? describeLink(session, about) : about;
    }

    function describeLink(session, about) {
        about.link = session.state;
        about.url = settings.url || undefined;
        about.serviceVersion = session.service.version;
        about.serviceProtocol = session.service.protocol;
        about.since = session.since;
        about.next = session.next || undefined;
        return about;
    }

    function answer(session, request, body) {
        send(session, request.mt + 'Result', body, request.src);
    }

    function send(session, mt, body, src) {
        var json = ascii(JSON.stringify(body)).slice(1, -1);
        if (!session.isGone) {
            session.conn.send('{"mt":' + ascii(JSON.stringify(mt)) + ',"api":"' + API + '"' + (json && ',' + json) +
                (src === undefined ? '' : ',"src":' + src) + '}');
        }
    }

    // ---- From the PBX Manager to the service ----

    function relay(session, request) {
        var error = null;
        if (session.state !== 'up') {
            error = 'serviceDown';
        } else if (isAwaited(request) && session.unanswered.length >= MAX_UNANSWERED) {
            error = 'busy';
        } else if (isTooLong(request.text)) {
            error = 'tooLong';
        } else if (!rewrap(session, request)) {
            error = 'encryption';
        } else if (isTooLong(request.text)) {
            error = 'tooLong';
        }
        if (error) {
            answer(session, request, { error: error });
            // Where a timer was lost, somebody who asks brings the link back.
            if (error === 'serviceDown' && !session.link && !session.timer && settings.url) {
                dial(session);
            }
            return;
        }
        if (isAwaited(request)) {
            session.unanswered.push({
                mt: request.mt, src: request.src, key: request.key, password: request.password
            });
        }
        session.link.websocket.send(request.text);
    }

    // A new password is waited for whoever else is: it has to be kept.
    function isAwaited(request) {
        return request.src !== undefined || request.mt === 'SetInstancePassword';
    }

    // Puts passwords under the key of the link. False if one cannot be read. A message without any stays as it came.
    function rewrap(session, request) {
        var items = request.body.ConfigItems, isChanged = false, isReadable = true;
        function change(holder, name) {
            var plain = holder[name], wrapped;
            if (!isWrapped(plain)) {
                return plain;
            }
            wrapped = typeof plain.value === 'string' && typeof plain.key === 'string' ? unwrap(session, plain) : null;
            isReadable = isReadable && wrapped !== null;
            isChanged = true;
            if (wrapped) {
                holder[name] = wrap(session, wrapped.bytes, plain.key.length);
                return wrapped.text;
            }
        }
        if (items && typeof items === 'object') {
            Object.keys(items).forEach(function (name) {
                change(items, name);
            });
        }
        if (request.mt === 'SetInstancePassword') {
            request.password = change(request.body, 'password');
            request.password = typeof request.password === 'string' ? wellFormed(request.password) : undefined;
        }
        if (isChanged && isReadable) {
            delete request.body.src;
            request.text = ascii(JSON.stringify(request.body));
            if (request.src !== undefined) {
                request.text = request.text.slice(0, -1) + ',"src":' + request.src + '}';
            }
        }
        return isReadable;
    }

    function isWrapped(value) {
        var has = Object.prototype.hasOwnProperty;
        return !!value && typeof value === 'object' && has.call(value, 'value') && has.call(value, 'key');
    }

    function unwrap(session, wrapped) {
        try {
            return decrypt(session.conn, wrapped.key, wrapped.value);
        } catch (e) {
            return null;
        }
    }

    function wrap(session, bytes, seedLength) {
        var seed = randomHex(Math.max(MIN_SEED, seedLength));
        return { value: rc4(utf8(seed + ':' + session.link.key), bytes), key: seed };
    }

    // ---- The link to the service ----

    function show(session, state) {
        if (session.state !== state) {
            session.state = state;
            session.since = Date.now();
            say('link ' + state);
            send(session, 'RelayUpdate', describeLink(session, {}));
        }
    }

    function stopTimer(session) {
        cancel(session.timer);
        session.timer = null;
        session.next = 0;
    }

    // Waits for another attempt, or for other settings.
    function rest(session, state) {
        var pause = state === 'unreachable' ? longer(session) : state === 'unconfigured' || state === 'insecure' ? 0 : REFUSED_PAUSE_MS;
        stopTimer(session);
        if (pause) {
            session.timer = later(session, pause, function () {
                dial(session);
            });
            session.next = Date.now() + Math.round(pause);
        }
        show(session, state);
    }

    // Up to half more, so that the sessions of a service that was away do not come back all at once.
    function longer(session) {
        var pause = Math.min(FIRST_PAUSE_MS * Math.pow(2, session.failures), LONGEST_PAUSE_MS);
        session.failures++;
        return pause * (1 + random() / 2);
    }

    function dial(session) {
        var url = websocketUrl(settings.url), link;
        endLink(session, false);
        stopTimer(session);
        session.service = {};
        if (!settings.url) {
            return rest(session, 'unconfigured');
        }
        if (!url) {
            return rest(session, 'insecure');
        }
        if (!settings.password) {
            return rest(session, 'unconfigured');
        }
        link = { websocket: null, password: settings.password, step: openConnection, key: '', timer: null };
        session.link = link;
        show(session, 'connecting');
        if (session.link === link && !attempt('a connection', function () { connect(session, link, url); })) {
            fail(session);
        }
    }

    function connect(session, link, url) {
        var websocket = WebsocketClient.connect(url);
        link.websocket = websocket;
        // What a link that has ended says concerns nobody any more.
        function guarded(what, work) {
            return function (connection, text) {
                if (session.link === link) {
                    attempt(what, function () { work(text); }) || fail(session);
                }
            };
        }
        function ended() {
            endLink(session, true);
            rest(session, 'unreachable');
        }
        websocket.onopen(guarded('the start of a link', function () { link.step(session, link); }));
        websocket.onclose(guarded('the end of a link', ended));
        websocket.onerror(guarded('the error of a link', ended));
        websocket.onmessage(guarded('a message of the service', function (text) {
            var body = typeof text === 'string' ? parse(text) : null;
            if (body) {
                link.step(session, link, body, text);
            }
            if (session.link === link) {
                websocket.messageComplete();
            }
        }));
        websocket.setFlowControl(true);
        link.timer = later(session, LOGIN_MS, function () {
            endLink(session, false);
            rest(session, 'unreachable');
        });
    }

    // Ends the link, if there is one. A websocket that has said so itself is not touched any more.
    function endLink(session, isClosed) {
        var link = session.link, lost = session.unanswered;
        session.unanswered = [];
        session.link = null;
        if (link) {
            cancel(link.timer);
            if (link.websocket && !isClosed) {
                attempt('hanging up', function () { hangUp(link.websocket); });
            }
        }
        lost.forEach(function (request) {
            attempt('an answer', function () { answer(session, request, { error: 'serviceLost' }); });
        });
    }

    // What a link does with the next message is its step: these four, in this order.
    function openConnection(session, link) {
        link.step = expectChallenge;
        link.websocket.send('{"mt":"AppChallenge"}');
    }

    function expectChallenge(session, link, body) {
        var domain, sip, digest;
        if (body.mt !== 'AppChallengeResult') {
            return;
        }
        if (typeof body.challenge !== 'string') {
            return refuse(session, 'foreign');
        }
        domain = plainName(session.conn.domain);
        sip = plainName(session.conn.sip);
        digest = sha256(['-', domain, sip, '', '', body.challenge, link.password].join(':'));
        link.key = sha256(['innovaphoneAppSessionKey', body.challenge, link.password].join(':'));
        link.step = expectLogin;
        link.websocket.send(JSON.stringify({
            mt: 'AppLogin', app: '-', domain: domain, sip: sip, guid: '', dn: '', digest: digest
        }));
    }

    // For the log of the service alone. A colon would part the fields of the digest elsewhere.
    function plainName(name) {
        return typeof name === 'string' && /^[ -9;-~]{0,255}$/.test(name) ? name : '';
    }

    function expectLogin(session, link, body) {
        if (body.mt !== 'AppLoginResult') {
            return;
        }
        if (typeof body.service === 'string' && body.service !== SERVICE) {
            return refuse(session, 'foreign');
        }
        if (body.ok !== true) {
            // The service has not looked at the password, too many wait.
            return refuse(session, body.error === 'tooManyAttempts' ? 'unreachable' : 'refused');
        }
        if (body.service !== SERVICE) {
            return refuse(session, 'foreign');
        }
        session.service = {
            version: typeof body.version === 'string' ? body.version.slice(0, 64) : undefined,
            protocol: typeof body.protocol === 'number' ? body.protocol : undefined
        };
        if (body.protocol !== PROTOCOL) {
            return refuse(session, 'version');
        }
        session.failures = 0;
        link.step = pass;
        listen(session, link);
        show(session, 'up');
    }

    function refuse(session, state) {
        endLink(session, false);
        rest(session, state);
    }

    function pass(session, link, body, text) {
        listen(session, link);
        if (/^(AppChallenge|AppLogin|KeepAlive)(Result)?$/.test(body.mt)) {
            return;
        }
        var request = answered(session, body);
        session.conn.send(text);
        if (request && request.password !== undefined && body.ok === true) {
            savePassword(request.password);
        }
    }

    // The request that this is the answer to, which is then no longer waited for.
    function answered(session, body) {
        var key = Object.prototype.hasOwnProperty.call(body, 'src') ? canonical(body.src) : '', i, request;
        for (i = 0; i < session.unanswered.length; i++) {
            request = session.unanswered[i];
            if (request.key === key && (body.mt === request.mt + 'Result' || body.mt === 'Error')) {
                session.unanswered.splice(i, 1);
                return request;
            }
        }
        return null;
    }

    // Silence leads to a question, and silence after that to the end.
    function listen(session, link) {
        cancel(link.timer);
        link.timer = later(session, SILENCE_MS, function () {
            link.timer = later(session, ANSWER_MS, function () {
                endLink(session, false);
                rest(session, 'unreachable');
            });
            link.websocket.send('{"mt":"KeepAlive"}');
        });
    }

    // ---- Start ----

    attempt('reading the settings', function () {
        settings = readSettings();
    });
    attempt('making a ticket', function () {
        ticket = randomHex(TICKET_DIGITS);
        publishTicket();
    });
    attempt('following the settings', function () {
        Config.onchanged(function () {
            attempt('keeping the ticket', keepTicket);
            attempt('a change of the settings', settingsMayHaveChanged);
        });
    });
    attempt('offering the API', function () {
        new JsonApi(API).onconnected(function (conn) {
            attempt('a new session', function () {
                begin(conn);
            });
        });
    });
    say('build ' + BUILD);
}());
