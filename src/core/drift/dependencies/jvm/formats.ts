/** Manifests and lockfiles of Maven, Gradle, sbt and others of the JVM. */
import { type KnownFormat, lockfile, manifest, type Read, sharedManifest, unread } from '../format';
import type { Lockfile, Manifest } from '../model';

const maven = 'maven';

const readGradle: Read<Manifest> = async (text) => (await import('./gradle')).readGradle(text);
const readGradleLock: Read<Lockfile> = async (text) => (await import('./gradleLock')).readGradleLock(text);
const readWrapper: Read<Manifest> = async (text) => (await import('./wrapper')).readWrapper(text);

/** What the lockfiles of Gradle lock, seen from the project's folder. */
const gradleManifests = ['build.gradle', 'build.gradle.kts', 'gradle/libs.versions.toml'];

export const JVM: readonly KnownFormat[] = [
  { names: ['pom.xml'], format: manifest(maven, async (text, path) => (await import('./pom')).readPom(text, path)) },
  {
    path: /(?:^|\/)\.mvn\/extensions\.xml$/,
    format: manifest(maven, async (text) => (await import('./mavenExtensions')).readMavenExtensions(text)),
  },
  { names: ['gradle-wrapper.properties', 'maven-wrapper.properties'], format: manifest('generic', readWrapper) },
  {
    form: /\.versions\.toml$/i,
    format: sharedManifest(maven, async (text) => (await import('./versionCatalog')).readVersionCatalog(text)),
  },
  {
    names: ['gradle.lockfile', 'buildscript-gradle.lockfile', 'settings-gradle.lockfile'],
    format: lockfile(maven, gradleManifests, readGradleLock),
  },
  {
    path: /(?:^|\/)gradle\/dependency-locks\/[^/]+\.lockfile$/,
    format: lockfile(maven, gradleManifests, readGradleLock, 'gradle/dependency-locks'),
  },
  {
    names: ['verification-metadata.xml'],
    format: lockfile(
      maven,
      gradleManifests,
      async (text) => (await import('./verificationMetadata')).readVerificationMetadata(text),
      'gradle',
    ),
  },
  { form: /\.gradle(?:\.kts)?$/i, format: sharedManifest(maven, readGradle) },
  { form: /\.sbt$/i, format: manifest(maven, async (text) => (await import('./sbt')).readSbt(text)) },
  { names: ['project.clj', 'deps.edn', 'ivy.xml'], format: unread(maven) },
];
