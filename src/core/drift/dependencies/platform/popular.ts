/** Actions that impostors imitate: widely used ones, by hand, as `owner/repository`. */
const NAMES = `actions/attest-build-provenance actions/cache actions/checkout actions/configure-pages actions/create-release
actions/delete-package-versions actions/deploy-pages actions/download-artifact actions/first-interaction
actions/github-script actions/labeler actions/setup-dotnet actions/setup-go actions/setup-java actions/setup-node
actions/setup-python actions/stale actions/upload-artifact actions/upload-pages-artifact actions/upload-release-asset
ad-m/github-push-action amannn/action-semantic-pull-request android-actions/setup-android anchore/sbom-action
anchore/scan-action aquasecurity/trivy-action asdf-vm/actions astral-sh/setup-uv aws-actions/amazon-ecr-login
aws-actions/configure-aws-credentials azure/login azure/setup-helm azure/webapps-deploy cachix/install-nix-action
changesets/action cloudflare/wrangler-action codecov/codecov-action coverallsapp/github-action
cypress-io/github-action denoland/setup-deno dependabot/fetch-metadata determinatesystems/nix-installer-action
docker/build-push-action docker/login-action docker/metadata-action docker/setup-buildx-action docker/setup-qemu-action
dorny/paths-filter dtolnay/rust-toolchain endbug/add-and-commit erlef/setup-beam github/codeql-action/analyze
github/codeql-action/autobuild github/codeql-action/init github/codeql-action/upload-sarif golangci/golangci-lint-action
google-github-actions/auth google-github-actions/setup-gcloud googleapis/release-please-action goreleaser/goreleaser-action
gradle/actions/setup-gradle gradle/wrapper-validation-action hashicorp/setup-terraform helm/kind-action
jamesives/github-pages-deploy-action microsoft/setup-msbuild ncipollo/release-action nick-fields/retry
oven-sh/setup-bun ossf/scorecard-action peaceiris/actions-gh-pages peter-evans/create-pull-request
pnpm/action-setup pre-commit/action psf/black pypa/cibuildwheel pypa/gh-action-pypi-publish reviewdog/action-eslint
ruby/setup-ruby rustsec/audit-check sigstore/cosign-installer slackapi/slack-github-action snyk/actions/node
softprops/action-gh-release sonarsource/sonarcloud-github-action step-security/harden-runner
stefanzweifel/git-auto-commit-action subosito/flutter-action super-linter/super-linter swatinem/rust-cache
taiki-e/install-action tj-actions/changed-files trufflesecurity/trufflehog xt0rted/pull-request-comment-branch`;

/** Lower-case, as GitHub compares them. */
export const ACTIONS: ReadonlySet<string> = new Set(NAMES.split(/\s+/));
