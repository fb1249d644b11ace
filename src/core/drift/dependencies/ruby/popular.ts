/** Names that impostors imitate: widely used gems, by hand. */
export const GEM: ReadonlySet<string> = new Set(
  `actioncable actionmailer actionpack actionview activeadmin activejob activemodel activerecord activestorage
  activesupport acts-as-taggable-on addressable annotate ast aws-sdk aws-sdk-core aws-sdk-s3 aws-sigv4 bcrypt better_errors
  bigdecimal bootsnap bootstrap brakeman builder bullet bundler byebug cancancan capistrano capybara carrierwave chef
  coderay coffee-rails concurrent-ruby connection_pool cucumber dalli database_cleaner debug devise diff-lcs docile
  dotenv dotenv-rails draper dry-configurable elasticsearch erubi eventmachine excon execjs factory_bot factory_bot_rails
  faker faraday faraday_middleware fastlane ffi figaro fog foreman friendly_id geocoder globalid google-protobuf grape graphql
  grpc guard haml hashie highline hiredis htmlentities http httparty httpclient i18n image_processing importmap-rails
  interactor irb jbuilder jekyll jquery-rails json json-schema jsonapi-serializer jwt kaminari kramdown launchy letter_opener
  listen lograge loofah mail marcel memoist method_source mime-types mini_magick mini_mime mini_portile2 minitest mocha
  money mongo mongoid msgpack multi_json multi_xml multipart-post mysql2 net-http net-imap net-smtp net-ssh newrelic_rpm
  nio4r nokogiri oauth2 octokit oj omniauth omniauth-google-oauth2 omniauth-oauth2 pagy paper_trail paperclip parallel
  parser pg prawn premailer pry pry-byebug pry-rails public_suffix puma pundit rack rack-attack rack-cors rack-protection
  rack-test rails rails-controller-testing rails-html-sanitizer railties rake ransack rdoc redcarpet redis redis-client
  regexp_parser representer resque rest-client rexml roda rolify rouge rspec rspec-core rspec-expectations rspec-mocks
  rspec-rails rubocop rubocop-ast rubocop-performance rubocop-rails rubocop-rspec ruby-progressbar rubyzip sass sass-rails
  sassc scenic selenium-webdriver sentry-rails sentry-ruby sequel shoulda shoulda-matchers sidekiq sidekiq-cron
  simple_form simplecov sinatra slim solargraph solid_queue spring sprockets sprockets-rails sqlite3 standard stimulus-rails
  stripe strong_migrations tailwindcss-rails thin thor tilt timecop turbo-rails turbolinks twilio-ruby typhoeus tzinfo uglifier
  unicode-display_width unicorn vcr view_component warden web-console webdrivers webmock webpacker websocket-driver
  whenever will_paginate yard zeitwerk`.split(/\s+/),
);
