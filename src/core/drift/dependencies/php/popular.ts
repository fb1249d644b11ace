/** Names that impostors imitate: widely used packages of Packagist, by hand. */
export const COMPOSER: ReadonlySet<string> = new Set(
  `aws/aws-sdk-php barryvdh/laravel-debugbar barryvdh/laravel-dompdf barryvdh/laravel-ide-helper brick/math
  cakephp/cakephp codeigniter4/framework composer/composer composer/installers composer/semver cweagans/composer-patches
  dealerdirect/phpcodesniffer-composer-installer defuse/php-encryption doctrine/annotations doctrine/cache
  doctrine/collections doctrine/common doctrine/dbal doctrine/doctrine-bundle doctrine/doctrine-migrations-bundle
  doctrine/event-manager doctrine/inflector doctrine/instantiator doctrine/lexer doctrine/migrations doctrine/orm
  doctrine/persistence dompdf/dompdf dragonmantank/cron-expression drupal/core drush/drush egulias/email-validator
  ezyang/htmlpurifier fakerphp/faker filp/whoops firebase/php-jwt friendsofphp/php-cs-fixer fruitcake/php-cors
  fzaninotto/faker google/apiclient google/cloud-storage google/protobuf guzzlehttp/guzzle guzzlehttp/promises guzzlehttp/psr7
  hamcrest/hamcrest-php illuminate/collections illuminate/console illuminate/container illuminate/contracts
  illuminate/database illuminate/support infection/infection intervention/image jms/serializer justinrainbow/json-schema
  kreait/firebase-php laminas/laminas-diactoros laravel/breeze laravel/cashier laravel/dusk laravel/fortify laravel/framework
  laravel/horizon laravel/jetstream laravel/passport laravel/pint laravel/prompts laravel/sail laravel/sanctum laravel/scout
  laravel/serializable-closure laravel/socialite laravel/telescope laravel/tinker laravel/ui lcobucci/jwt league/commonmark
  league/container league/csv league/flysystem league/flysystem-aws-s3-v3 league/fractal league/oauth2-client
  league/oauth2-server league/uri livewire/livewire maatwebsite/excel masterminds/html5 mockery/mockery monolog/monolog
  mpdf/mpdf mtdowling/jmespath.php myclabs/deep-copy nesbot/carbon nette/utils nikic/fast-route nikic/php-parser
  nunomaduro/collision nunomaduro/larastan orchestra/testbench paragonie/random_compat paragonie/sodium_compat pestphp/pest
  phar-io/manifest php-di/php-di php-http/discovery phpdocumentor/reflection-docblock phpmailer/phpmailer phpmd/phpmd
  phpoffice/phpspreadsheet phpoffice/phpword phpoption/phpoption phpseclib/phpseclib phpspec/phpspec phpspec/prophecy
  phpstan/phpdoc-parser phpstan/phpstan phpunit/php-code-coverage phpunit/phpunit pimple/pimple predis/predis psr/cache
  psr/clock psr/container psr/event-dispatcher psr/http-client psr/http-factory psr/http-message psr/log psr/simple-cache
  psy/psysh pusher/pusher-php-server ramsey/collection ramsey/uuid react/event-loop react/http react/promise rector/rector
  roave/security-advisories robmorgan/phinx sebastian/comparator sebastian/diff sebastian/exporter sentry/sentry
  sentry/sentry-laravel slim/psr7 slim/slim spatie/laravel-backup spatie/laravel-medialibrary spatie/laravel-permission
  spatie/laravel-query-builder squizlabs/php_codesniffer stripe/stripe-php swiftmailer/swiftmailer symfony/cache
  symfony/config symfony/console symfony/dependency-injection symfony/dotenv symfony/error-handler symfony/event-dispatcher
  symfony/filesystem symfony/finder symfony/flex symfony/form symfony/framework-bundle symfony/http-client
  symfony/http-foundation symfony/http-kernel symfony/mailer symfony/maker-bundle symfony/messenger symfony/mime
  symfony/monolog-bundle symfony/phpunit-bridge symfony/polyfill-mbstring symfony/process symfony/routing
  symfony/security-bundle symfony/serializer symfony/string symfony/symfony symfony/translation symfony/twig-bundle
  symfony/validator symfony/var-dumper symfony/yaml tecnickcom/tcpdf theseer/tokenizer tijsverkoyen/css-to-inline-styles
  tymon/jwt-auth twig/twig vimeo/psalm vlucas/phpdotenv webmozart/assert webonyx/graphql-php wikimedia/composer-merge-plugin
  yiisoft/yii2 zircote/swagger-php`.split(/\s+/),
);
