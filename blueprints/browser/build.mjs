// Bundles what runs in the browser. hatch_build.py calls it: node build.mjs SOURCES OUTPUT, in a
// folder whose node_modules holds what package-lock.json pins. Writes hashed names, compressed
// twins of each file, and manifest.json, which says what is where.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { copyFile, readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, extname, join, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

// A new entry is one line: its name, which the page asks for by `bundle('name')`, and its source.
// Entries of PAGES share their common modules, so that two on one page have one outbox between them.
const PAGES = {
  scan: "scan/page.ts",
  wedge: "wedge/page.ts",
  goods: "goods/page.ts",
  counts: "counts/page.ts",
  outbox: "outbox/page.ts",
  passkeys: "passkeys/page.ts",
  donation: "donation/page.ts",
  signing: "signing/page.ts",
  search: "search/page.ts",
  photo: "photo/page.ts",
};
// Each of these is one file that needs no other: a worker, a service worker.
const ALONE = {
  decoder: "decoder/worker.ts",
  sw: "sw/worker.ts",
};
// Served as they are.
const FILES = {
  "reader.wasm": "zxing-wasm/reader/zxing_reader.wasm",
};

const [sources, output] = process.argv.slice(2).map((folder) => resolve(folder));
const require = createRequire(join(process.cwd(), "package.json"));
const common = {
  absWorkingDir: process.cwd(),
  nodePaths: [join(process.cwd(), "node_modules")],
  outdir: output,
  bundle: true,
  minify: true,
  target: ["chrome105", "firefox105", "safari15.4"],
  entryNames: "[name]-[hash]",
  chunkNames: "shared-[hash]",
  legalComments: "none",
  charset: "utf8",
  metafile: true,
  logLevel: "warning",
};

const manifest = {};
await bundle(PAGES, { format: "esm", splitting: true });
for (const [name, source] of Object.entries(ALONE)) await bundle({ [name]: source }, { format: "iife" });
for (const [name, source] of Object.entries(FILES)) manifest[name] = await keep(name, require.resolve(source));
await writeFile(join(output, "manifest.json"), JSON.stringify(manifest, null, 1) + "\n");
for (const name of await readdir(output)) {
  if (name !== "manifest.json") await compress(join(output, name));
}

async function bundle(entries, options) {
  const entryPoints = Object.entries(entries).map(([out, source]) => ({ out, in: join(sources, source) }));
  const { metafile } = await build({ ...common, ...options, entryPoints });
  for (const [path, { entryPoint, imports }] of Object.entries(metafile.outputs)) {
    if (!entryPoint) continue;
    const name = basename(path).replace(/-[^-]*$/, "");
    manifest[name] = basename(path);
    // What it imports, so that a page can ask for both at once and a service worker can keep both.
    const needs = imports.filter(({ kind }) => kind === "import-statement").map((found) => basename(found.path));
    if (needs.length) manifest[`${name} needs`] = needs;
  }
}

async function keep(name, path) {
  const hash = createHash("sha256").update(await readFile(path)).digest("hex").slice(0, 8);
  const ending = extname(name);
  const kept = `${basename(name, ending)}-${hash}${ending}`;
  await copyFile(path, join(output, kept));
  return kept;
}

async function compress(path) {
  const bytes = await readFile(path);
  const best = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
  await writeFile(`${path}.br`, brotliCompressSync(bytes, best));
  await writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 }));
}
