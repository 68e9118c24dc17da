// Bundles every file of src/ for the browser:  node build.mjs <folder>
//
// In the folder: each bundle under a name that holds the hash of its content; manifest.json, which
// says what each is called (the templates ask it); THIRD-PARTY.txt, whose code is in them and under
// which licence. The manifest is changed last, so whoever reads it meanwhile finds all it names.
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2];
const MANIFEST = "manifest.json";
const LICENCES = "THIRD-PARTY.txt";
const NOTICE = `/* Whose code this is, and under which licence: ${LICENCES} */`;
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;

// Sass becomes CSS before esbuild reads it.
const scss = {
  name: "scss",
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.scss$/ }, ({ path }) => {
      const { css, loadedUrls } = compile(path, { loadPaths: [join(here, "node_modules")], quietDeps: true });
      loadedUrls.forEach((url) => styled.add(relative(here, fileURLToPath(url))));
      return { contents: css, loader: "css" };
    }),
};
const styled = new Set();

async function bundle() {
  const sources = (await readdir(join(here, "src"))).filter((name) => /\.(js|css|scss)$/.test(name));
  return build({
    absWorkingDir: here,
    entryPoints: sources.sort().map((name) => `src/${name}`),
    entryNames: "[name]-[hash]",
    outdir: folder,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    target: "es2020",
    legalComments: "none",
    banner: { js: NOTICE, css: NOTICE },
    // accessible-autocomplete is published as it was written: JSX in .js files, for two libraries.
    loader: { ".js": "jsx" },
    define: {
      "process.env.COMPONENT_LIBRARY": '"PREACT"',
      "process.env.NODE_ENV": '"production"',
    },
    plugins: [scss],
    logLevel: "warning",
  });
}

// { "search.js": "search-4T2KQ7XZ.js", … }; the style that a script imports goes by its name.
function manifestOf({ outputs }) {
  const names = {};
  const add = (name, path) => {
    if (names[name]) throw new Error(`There are two bundles called ${name}.`);
    names[name] = basename(path);
  };
  for (const [path, { entryPoint, cssBundle }] of Object.entries(outputs)) {
    if (!entryPoint) continue;
    add(basename(entryPoint).replace(/\.scss$/, ".css"), path);
    if (cssBundle) add(basename(entryPoint).replace(/\.js$/, ".css"), cssBundle);
  }
  return names;
}

// The folders of the packages that something in the bundles comes from.
function packagesOf({ inputs }) {
  const found = [...Object.keys(inputs), ...styled].map((path) => path.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/));
  return [...new Set(found.filter(Boolean).map((match) => match[0]))].sort();
}

// What a package without a file for its licence says of it in its README, if anything.
async function saidInReadme(folder) {
  const sections = (await readFile(join(folder, "README.md"), "utf8")).split(/^(?=## )/m);
  return sections.filter((section) => /^## licen[cs]e/i.test(section));
}

async function licenceOf(path) {
  const at = join(here, path);
  const { name, version, license } = JSON.parse(await readFile(join(at, "package.json"), "utf8"));
  const files = (await readdir(at)).filter((file) => LICENCE_FILE.test(file)).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(at, file), "utf8")));
  if (!files.length) texts.push(...(await saidInReadme(at)));
  if (!license || !texts.length) throw new Error(`${name} ${version} does not say its licence.`);
  return [`${name} ${version}`, `Licence: ${license}`, "", ...texts.map((text) => text.trim())].join("\n");
}

async function main() {
  const { outputFiles, metafile } = await bundle();
  const licences = await Promise.all(packagesOf(metafile).map(licenceOf));
  const about = "What the bundles beside this file hold that is not Whichlaw's own.";
  await mkdir(folder, { recursive: true });
  await Promise.all(outputFiles.map(({ path, contents }) => writeFile(path, contents)));
  await writeFile(join(folder, LICENCES), [about, ...licences].join(`\n\n${"=".repeat(72)}\n\n`) + "\n");
  await writeFile(join(folder, `${MANIFEST}.new`), JSON.stringify(manifestOf(metafile), null, 1) + "\n");
  await rename(join(folder, `${MANIFEST}.new`), join(folder, MANIFEST));
  const kept = new Set([MANIFEST, LICENCES, ...outputFiles.map(({ path }) => basename(path))]);
  const left = (await readdir(folder)).filter((name) => !kept.has(name));
  await Promise.all(left.map((name) => rm(join(folder, name), { recursive: true })));
}

await main();
