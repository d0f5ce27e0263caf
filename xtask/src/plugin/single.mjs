// Entry of the same as one file: the wasm is inside, for pages that let nothing be fetched.
import start from "./module.mjs";
import packed from "./glue_bg.wasm.gz";

export * from "./module.mjs";

export default async function () {
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return start({ module_or_path: await new Response(unpacked).arrayBuffer() });
}
