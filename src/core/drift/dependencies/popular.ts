import { COCOAPODS, SWIFT_PACKAGES } from './apple/popular';
import { HEX } from './beam/popular';
import { PUB } from './dart/popular';
import { NUGET } from './dotnet/popular';
import { GOLANG } from './go/popular';
import { MAVEN } from './jvm/popular';
import { COMPOSER } from './php/popular';
import { ACTIONS } from './platform/popular';
import { PYPI } from './python/popular';
import { GEM } from './ruby/popular';
import { CARGO } from './rust/popular';

/** Names that impostors imitate: widely used npm packages, by hand, from the registry's most depended-upon. */
const NPM: ReadonlySet<string> = new Set(
  `acorn ajv angular ansi-regex ansi-styles antd argparse async autoprefixer aws-sdk axios babel-core babel-loader bcrypt
  bcryptjs better-sqlite3 bluebird body-parser bootstrap browserify bson bunyan chai chalk cheerio chokidar classnames
  coffee-script colors commander compression concurrently connect consola cookie-parser core-js cors cross-env cross-spawn
  css-loader d3 date-fns dayjs debug deepmerge discord.js dotenv ejs electron enquirer esbuild eslint eslint-config-prettier
  eslint-plugin-import eslint-plugin-react ethers event-stream eventemitter3 execa express express-session fastify
  file-loader firebase form-data fs-extra glob globby graphql gulp gulp-util handlebars helmet highlight.js history
  html-webpack-plugin http-proxy husky iconv-lite immer immutable inherits inquirer ioredis jasmine jest joi jquery js-yaml
  jsdom json5 jsonwebtoken karma knex koa left-pad less lint-staged lodash lodash-es lru-cache luxon marked meow minimatch
  minimist mkdirp mocha moment mongodb mongoose morgan multer mysql mysql2 nanoid nest next node-fetch node-sass nodemailer
  nodemon nuxt nyc openai ora p-limit passport path-to-regexp pino playwright pnpm postcss preact prettier prisma prop-types
  puppeteer qs query-string ramda react react-dom react-redux react-router react-router-dom redis redux reflect-metadata
  regenerator-runtime request rimraf rollup rxjs sass semver sequelize serialize-javascript sharp shelljs sinon socket.io
  socket.io-client source-map string-width strip-ansi styled-components superagent supertest svelte swr tailwindcss terser
  through2 tslib tsx typeorm typescript uglify-js underscore undici uuid validator vite vitest vue vue-router vuex web3
  webpack webpack-cli webpack-dev-server winston ws xml2js yaml yargs yargs-parser yarn zod zone.js zustand
  @angular/core @babel/core @babel/preset-env @nestjs/common @nestjs/core @prisma/client @reduxjs/toolkit @types/jest
  @types/node @types/react @types/react-dom @typescript-eslint/parser @vitejs/plugin-react`.split(/\s+/),
);

/** By ecosystem (purl type). */
const POPULAR: Readonly<Record<string, ReadonlySet<string>>> = {
  npm: NPM,
  cocoapods: COCOAPODS,
  swift: SWIFT_PACKAGES,
  cargo: CARGO,
  golang: GOLANG,
  hex: HEX,
  pub: PUB,
  pypi: PYPI,
  gem: GEM,
  composer: COMPOSER,
  maven: MAVEN,
  nuget: NUGET,
  github: ACTIONS,
};

/** Names worth imitating in an ecosystem; none where nobody has listed them. */
export function popularOf(ecosystem: string): ReadonlySet<string> {
  return (Object.hasOwn(POPULAR, ecosystem) ? POPULAR[ecosystem] : undefined) ?? new Set();
}
