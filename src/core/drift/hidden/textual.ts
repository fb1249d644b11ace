/** Whether bytes are text, by git's own test and by what the name promises. */

/** Git looks for a NUL in this many bytes (xdiff-interface.c: FIRST_FEW_BYTES). */
const GIT_LOOKS_AT = 8000;

const TEXT_EXTENSIONS = new Set(
  `adoc asm astro awk bash bat bib c cc cfg cjs clj cljs cmake cmd coffee conf cpp cs cshtml csproj css csv cts cxx d dart
  diff edn ejs el elm env erb erl ex exs f90 fish fs fsx gemspec go gql gradle graphql groovy h haml hbs hcl hh hpp hrl hs
  htm html hxx ini ipynb java jl js json json5 jsonc jsonl jsx kt kts less lisp lock log lua m make markdown md mdx mjs ml
  mli mm mts nim nix patch php pl pm po pot properties proto ps1 psm1 pug purs py pyi pyx r rb rake rkt rs rst sass sbt
  scala scm scss sh snap sol sql styl sv svelte svg swift tcl tex tf tfvars toml ts tsv tsx txt v vb vhd vim vue wat xhtml
  xml xsd xsl yaml yml zig zsh`.split(/\s+/),
);
const BINARY_EXTENSIONS = new Set(
  `7z a aac apk avi bin bmp br bz2 class dat db deb dll dmg doc docx dylib ear eot exe flac gif gz heic icns ico iso jar
  jks jpeg jpg keystore lib lz4 m4a m4v mkv mov mp3 mp4 mpeg msi node o obj odp ods odt ogg opus otf p12 parquet pdf pfx
  pickle pkl png ppt pptx psd pyc pyd rar rpm so sqlite sqlite3 tar tgz tif tiff ttf wasm wav webm webp wmv woff woff2 xls
  xlsx xz zip zst`.split(/\s+/),
);
const TEXT_NAMES = new Set(
  'makefile dockerfile rakefile gemfile license licence readme changelog notice authors codeowners jenkinsfile procfile'.split(
    ' ',
  ),
);

/** Whether the name promises text: by extension, or a well-known name or dot-file without one. */
export function isTextName(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return (
    TEXT_EXTENSIONS.has(extensionOf(name)) || TEXT_NAMES.has(name) || /^\.[a-z]+(?:rc|ignore|attributes)$/.test(name)
  );
}

/** Whether the name promises binary content. */
export function isBinaryName(path: string): boolean {
  return BINARY_EXTENSIONS.has(extensionOf(path.slice(path.lastIndexOf('/') + 1).toLowerCase()));
}

/** Whether git would show no diff: a NUL near the start; or, with a binary's name, bytes that are not UTF-8. */
export function looksBinary(bytes: Uint8Array, path: string): boolean {
  const nul = bytes.indexOf(0);
  if (nul !== -1 && nul < GIT_LOOKS_AT) return true;
  return isBinaryName(path) && !isUtf8(bytes);
}

/** Whether any byte is not printable ASCII, tab, form feed, or the end of a line: the quick way past ordinary code. */
export function needsALook(bytes: Uint8Array): boolean {
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] as number;
    if (byte >= 0x7f) return true;
    if (byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0c) continue;
    if (byte !== 0x0d || bytes[index + 1] !== 0x0a) return true;
  }
  return false;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot === -1 ? '' : name.slice(dot + 1);
}
