// The objects that the App Platform's runtime has for a service, as the SDK publishes them, over the line of engine.c.
// Strict: what is not published is not there, and what is used wrongly is told and throws.
(function (global) {
    'use strict';

    var host = global.__host;
    var callbacks = {};
    var count = 0;

    // 'r' and a text, 'n' and a number, 't' and the text of an error, or nothing.
    function ask() {
        var answer = host.apply(null, arguments);
        var kind = answer.charAt(0), rest = answer.slice(1);
        if (kind === 't') {
            throw new Error(rest);
        }
        return kind === 'r' ? rest : kind === 'n' ? Number(rest) : undefined;
    }

    function wrong(what) {
        host('violation', what);
        throw new Error(what);
    }

    function check(isRight, what) {
        if (!isRight) {
            wrong(what);
        }
    }

    // `handlers`: an object with what an event may call.
    function register(handlers) {
        var id = String(++count);
        callbacks[id] = handlers;
        return id;
    }

    global.__fire = function (id, event, text) {
        var handlers = callbacks[id];
        if (handlers && handlers[event]) {
            handlers[event](text);
        }
    };

    global.log = function (text) {
        check(typeof text === 'string', 'log takes a text');
        ask('log', text);
    };

    global.Timers = {
        setTimeout: function (callback, ms) {
            check(typeof callback === 'function', 'setTimeout takes a function');
            check(typeof ms === 'number' && ms >= 0 && ms <= 0xffffffff && ms === Math.floor(ms), 'setTimeout takes an unsigned number');
            var reference = { id: register({ fire: function () { reference.isOver = true; callback(); } }), isOver: false };
            ask('setTimeout', reference.id, String(ms));
            return reference;
        },
        clearTimeout: function (reference) {
            check(reference && reference.id && !reference.isOver, 'clearTimeout takes a timer that runs');
            reference.isOver = true;
            delete callbacks[reference.id];
            ask('clearTimeout', reference.id);
        }
    };

    global.Random = {
        dword: function () { return ask('dword'); },
        bytes: function (size) { return ask('bytes', String(size)); },
        string: function (size) { return ask('string', String(size)); }
    };

    global.Crypto = {
        hash: function (algorithm) {
            check(algorithm === 'SHA256', 'a hash that nobody asked for: ' + algorithm);
            var parts = [], isFinal = false;
            return {
                update: function (text) {
                    check(typeof text === 'string' && !isFinal, 'update takes a text, before final');
                    parts.push(text);
                    return this;
                },
                final: function () {
                    check(!isFinal, 'final once');
                    isFinal = true;
                    return ask('sha256', parts.join(''));
                }
            };
        }
    };

    // What is there is what config.json names; the database is told on `save` alone.
    global.Config = { onchanged: undefined, save: undefined };
    var names = ask('configNames').split(',');
    names.forEach(function (name) {
        global.Config[name] = ask('config', name);
    });
    var onchanged = [];
    global.Config.onchanged = function (callback) {
        check(typeof callback === 'function', 'onchanged takes a function');
        onchanged.push(callback);
        return global.Config;
    };
    global.Config.save = function () {
        names.forEach(function (name) {
            check(typeof global.Config[name] === 'string', name + ' is a STRING');
            ask('save', name, global.Config[name]);
        });
        if (ask('saved') === 'told') {
            onchanged.forEach(function (callback) { callback(); });
        }
        return global.Config;
    };
    callbacks.config = {
        set: function (text) {
            var at = text.indexOf('=');
            global.Config[text.slice(0, at)] = text.slice(at + 1);
        },
        changed: function () {
            onchanged.forEach(function (callback) { callback(); });
        }
    };

    // Both kinds of connection: flow control, and an end after which nothing may be touched.
    function connection(name, id, handlers, takesItself) {
        var self = {}, state = { isGone: false, isOpen: !takesItself, flow: false, waits: false };
        function alive(what) {
            check(!state.isGone, name + '.' + what + ' after its end');
        }
        ['onmessage', 'onclose'].concat(takesItself ? ['onopen', 'onerror'] : []).forEach(function (event) {
            self[event] = function (callback) {
                alive(event);
                check(typeof callback === 'function', event + ' takes a function');
                handlers[event] = function (text) {
                    if (event === 'onopen') {
                        state.isOpen = true;
                    }
                    if (event === 'onclose' || event === 'onerror') {
                        state.isGone = true;
                    }
                    if (event === 'onmessage') {
                        state.waits = true;
                    }
                    if (takesItself) {
                        callback(self, text);
                    } else {
                        callback(text);
                    }
                    if (event === 'onmessage' && !state.flow) {
                        state.waits = false;
                        ask('complete', id);
                    }
                };
                return self;
            };
        });
        self.send = function (text) {
            alive('send');
            check(state.isOpen, name + '.send before onopen');
            check(typeof text === 'string', 'send takes a text');
            ask('send', id, text);
            return self;
        };
        self.setFlowControl = function (enabled) {
            alive('setFlowControl');
            state.flow = enabled === true;
            return self;
        };
        self.messageComplete = function () {
            alive('messageComplete');
            check(state.flow && state.waits, name + '.messageComplete without a message');
            state.waits = false;
            ask('complete', id);
            return self;
        };
        self.__gone = function () {
            state.isGone = true;
        };
        return self;
    }

    global.JsonApi = function (api) {
        check(this instanceof global.JsonApi && typeof api === 'string', 'new JsonApi(text)');
        this.onconnected = function (callback) {
            check(typeof callback === 'function', 'onconnected takes a function');
            ask('api', api, register({ connected: function (text) {
                var about = JSON.parse(text), handlers = {}, conn = connection('JsonApiConnection', about.id, handlers, false);
                callbacks[about.id] = handlers;
                ['domain', 'sip', 'dn', 'guid', 'app', 'info'].forEach(function (name) {
                    conn[name] = about[name];
                });
                conn.unlicensed = false;
                conn.encrypt = function (seed, text) { return ask('encrypt', about.id, seed, text); };
                conn.decrypt = function (seed, text) { return ask('decrypt', about.id, seed, text); };
                conn.hash = function (seed, text) { return ask('hash', about.id, seed, text); };
                delete conn.__gone;
                callback(conn);
            } }));
            return this;
        };
    };

    global.WebsocketClient = {
        connect: function (uri) {
            check(typeof uri === 'string' && /^wss?:\/\//.test(uri), 'connect takes a ws: or wss: URI');
            var handlers = {}, id = register(handlers), self = connection('WebsocketClientConnection', id, handlers, true), gone = self.__gone;
            delete self.__gone;
            if (ask('connect', id, uri) === 'closes') {
                self.close = function () {
                    gone();
                    ask('close', id);
                };
            }
            return self;
        }
    };

    // Of later editions, or of Duktape's own. A service that is to run on every platform does without.
    ['Duktape', 'Symbol', 'Proxy', 'Reflect', 'Promise', 'Map', 'Set', 'performance', 'TextEncoder', 'TextDecoder', 'CBOR', 'print',
        'alert', 'eval', 'globalThis', 'Uint8Array'].forEach(function (name) {
        delete global[name];
    });
    delete Object.assign;
    delete Object.is;
    delete Object.values;
    delete Object.entries;
    delete Number.isInteger;
    ['startsWith', 'endsWith', 'includes', 'repeat', 'padStart', 'codePointAt'].forEach(function (name) {
        delete String.prototype[name];
    });
    delete String.fromCodePoint;
    delete global.__host;
}(this));
