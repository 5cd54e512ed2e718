// Builds api/web/static/wegwijzer.css from NL Design System packages and our own layer, and copies the fonts.
// Same input, same bytes: CI builds again and compares. Run: npm ci && npm run build
import {createHash} from "node:crypto";
import {copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from "node:fs";
import {dirname, join} from "node:path";
import {fileURLToPath} from "node:url";
import {gzipSync} from "node:zlib";
import {transform} from "lightningcss";
import {PurgeCSS} from "purgecss";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "api", "web", "static");
const read = (path) => readFileSync(join(here, path), "utf8");
const packaged = (path) => read(join("node_modules", path));
mkdirSync(out, {recursive: true});

// fonts, with their fingerprint so that the style and the page ask for the same address
const FONTS = {
  "noto-sans.woff2": "noto-sans-latin-wght-normal.woff2",
  "noto-sans-ext.woff2": "noto-sans-latin-ext-wght-normal.woff2",
};
for (const [name, source] of Object.entries(FONTS)) {
  copyFileSync(join(here, "node_modules/@fontsource-variable/noto-sans/files", source), join(out, name));
}
const fingerprint = (name) => createHash("sha256").update(readFileSync(join(out, name))).digest("hex").slice(0, 10);
const withStatic = (css) => css.replace(/STATIC\(([^)]+)\)/g, (_all, name) => `../${fingerprint(name)}/${name}`);

// 1. components: only the blocks that our templates use
const CANDIDATES = ["button", "link", "heading", "paragraph", "skip-link", "data-badge"];
const components = [
  packaged("@utrecht/component-library-css/dist/index.css"),
  ...CANDIDATES.map((name) => packaged(`@nl-design-system-candidate/${name}-css/dist/${name}.css`)),
].join("\n");
const [purged] = await new PurgeCSS().purge({
  content: [join(here, "../api/web/templates/**/*.html"), join(here, "../api/web/static/*.js")],
  css: [{raw: components}],
  safelist: [/^utrecht-(textbox|textarea)--invalid$/],
  defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
  blocklist: [/(busy|pressed|disabled|positive|negative|icon-only|read-only|placeholder)/],
  keyframes: true,
});
const own = readdirSync(join(here, "src")).sort().map((name) => read(join("src", name)));
const layers = withStatic(own.join("\n"));

// 2. tokens: only those that something refers to, followed to the bottom
const minify = (code) =>
  transform({
    filename: "wegwijzer.css",
    code: Buffer.from(code),
    minify: true,
    targets: {chrome: 109 << 16, firefox: 115 << 16, safari: (15 << 16) | (4 << 8)},
  }).code.toString();
const styles = minify(purged.css);
const theme = new Map();
for (const [, name, value] of packaged("@nl-design-system-unstable/voorbeeld-design-tokens/dist/variables.css").matchAll(
  /^\s*(--[\w-]+):\s*([^;]+);/gm,
)) {
  theme.set(name, value.trim());
}
const ours = new Set([...layers.matchAll(/^\s*(--[\w-]+):/gm)].map((match) => match[1]));
const needed = new Set();
const follow = (text) => {
  for (const [, name] of text.matchAll(/var\(\s*(--[\w-]+)/g)) {
    if (needed.has(name)) continue;
    needed.add(name);
    if (theme.has(name)) follow(theme.get(name));
  }
};
follow(styles);
follow(layers);
const tokens = [...theme].filter(([name]) => needed.has(name) && !isOverridden(name));
function isOverridden(name) {
  return ours.has(name) && new RegExp(`^ {2}${name}:`, "m").test(own[0] + own[1]);
}
const tokenBlock = `:root{${tokens.map(([name, value]) => `${name}:${value}`).join(";")}}`;

const banner = "/*! Wegwijzer, EUPL-1.2. Holds parts of NL Design System (EUPL-1.2) and Noto Sans (OFL-1.1): see LICENSES.txt */\n";
const css = banner + minify(`${tokenBlock}\n${styles}\n${layers}`);
writeFileSync(join(out, "wegwijzer.css"), css);

// colours that follow the theme but have no dark value
const dark = own.find((text) => text.includes("prefers-color-scheme: dark"));
const lightOnly = [...needed].filter((name) => /^--basis-color/.test(name) && !dark.includes(`${name}:`) && !/transparent/.test(name));
console.log(`wegwijzer.css ${css.length} bytes, ${gzipSync(css, {level: 9}).length} gzipped, ${tokens.length} tokens of the theme`);
console.log(`colours without a dark value of their own: ${lightOnly.length}`);
if (process.argv.includes("--verbose")) console.log(lightOnly.sort().join("\n"));
