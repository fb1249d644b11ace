/** Manifests and lockfiles of Maven, Gradle and others of the JVM. */
import { type KnownFormat, unread } from '../format';

export const JVM: readonly KnownFormat[] = [
  {
    names: [
      'pom.xml',
      'build.gradle',
      'build.gradle.kts',
      'settings.gradle',
      'settings.gradle.kts',
      'gradle.lockfile',
      'libs.versions.toml',
      'verification-metadata.xml',
      'build.sbt',
      'project.clj',
      'deps.edn',
      'ivy.xml',
    ],
    format: unread('maven'),
  },
  { form: /\.gradle(?:\.kts)?$/i, format: unread('maven') },
];
