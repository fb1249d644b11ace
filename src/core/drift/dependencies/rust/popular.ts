/** Names that impostors imitate: widely used crates, by hand, from the most downloaded of crates.io. */
export const CARGO: ReadonlySet<string> = new Set(
  `actix-web ahash aho-corasick anyhow arrayvec async-std async-trait atty autocfg axum backtrace base64 bincode bitflags
  blake3 block-buffer bstr bumpalo byteorder bytes cargo_metadata cfg-if chrono clap clap_derive color-eyre console
  crc32fast criterion crossbeam crossbeam-channel crossbeam-utils crossterm csv ctor curl darling dashmap derive_more
  diesel digest dirs either encoding_rs env_logger eyre fastrand filetime fixedbitset flate2 fnv foldhash futures
  futures-core futures-util generic-array getrandom git2 glob half hashbrown heck hex hmac http http-body httparse humantime
  hyper hyper-util ignore image indexmap indicatif insta instant itertools itoa jobserver js-sys lazy_static libc libloading
  libm linux-raw-sys lock_api log lru memchr memmap2 memoffset mime miniz_oxide mio native-tls ndarray nix nom num-bigint
  num-integer num-traits num_cpus object once_cell openssl openssl-sys ordered-float parking_lot paste percent-encoding
  petgraph phf pin-project pin-project-lite pkg-config predicates pretty_assertions prettyplease proc-macro2 proptest prost
  quick-xml quickcheck quote rand rand_chacha rand_core ratatui rayon regex regex-automata regex-syntax reqwest ring rstest
  rusqlite rustc-hash rustc_version rustix rustls rustls-pemfile ryu same-file scopeguard semver serde serde_bytes
  serde_derive serde_json serde_urlencoded serde_with serde_yaml sha1 sha2 sha3 sharded-slab signal-hook slab smallvec
  smol_str socket2 sqlx static_assertions strsim strum strum_macros subtle syn synstructure tar tempfile tera termcolor
  textwrap thiserror thread_local time tinyvec tokio tokio-macros tokio-rustls tokio-stream tokio-util toml toml_edit tonic
  tower tower-http tower-service tracing tracing-core tracing-subscriber typenum unicase unicode-ident
  unicode-normalization unicode-segmentation unicode-width untrusted url urlencoding uuid vcpkg version_check walkdir warp
  wasm-bindgen web-sys webpki which winapi windows windows-sys winreg xattr xxhash-rust zeroize zerocopy zip zstd`.split(
    /\s+/,
  ),
);
