// Stands between the page and the WebAssembly module. Event handlers, timers and sockets call into the module long
// after it was loaded; when it panics, such a call would end as an error of the host page, and every later one would
// run on memory in an unknown state. So the first error that comes out of the module is the last: it is kept from the
// page, and the module is never entered again.
//
// The build puts `WebAssembly` of this file in the place of the browser's in wasm-bindgen's glue (esbuild --inject),
// which is how the glue gets exports that are guarded.

const native = globalThis.WebAssembly;
const listeners = [];
let depth = 0;
let dead = false;

/** Calls `listener` once the module has died. */
export function onDeath(listener) {
  listeners.push(listener);
}

function guard(instance) {
  const exports = {};
  for (const [name, value] of Object.entries(instance.exports)) {
    exports[name] = typeof value === "function" ? entry(value) : value;
  }
  return { exports };
}

function entry(call) {
  return (...args) => {
    if (dead) return undefined;
    depth += 1;
    try {
      return call(...args);
    } catch (error) {
      dead = true;
      console.error(error);
      // Further out the module itself still waits for this call; it must not go on as if it had succeeded.
      if (depth > 1) throw error;
      return undefined;
    } finally {
      depth -= 1;
      if (dead && depth === 0) listeners.splice(0).forEach((listener) => listener());
    }
  };
}

async function guardResult(result) {
  const instance = result.instance || result;
  return { instance: guard(instance), module: result.module };
}

/** What wasm-bindgen's glue uses of the browser's `WebAssembly`. */
export const WebAssembly = native && {
  Module: native.Module,
  Instance: function (module, imports) {
    return guard(new native.Instance(module, imports));
  },
  instantiate: async (source, imports) => guardResult(await native.instantiate(source, imports)),
  instantiateStreaming: async (source, imports) => guardResult(await native.instantiateStreaming(source, imports)),
};
