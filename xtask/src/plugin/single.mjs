// Entry of pbxcalendar.form.single.js: the form with its module inside, for pages that let nothing be fetched.
import start from "./form.mjs";
import packed from "./glue_bg.wasm.gz";

export * from "./form.mjs";

export default async function () {
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return start({ module_or_path: await new Response(unpacked).arrayBuffer() });
}
