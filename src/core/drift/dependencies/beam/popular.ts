/** Names that impostors imitate: widely used packages of Hex, by hand. */
export const HEX: ReadonlySet<string> = new Set(
  `absinthe amqp argon2_elixir bandit bcrypt_elixir benchee broadway bypass cachex castore certifi comeonin connection
  cors_plug cowboy cowboy_telemetry cowlib credo csv db_connection decimal dialyxir earmark earmark_parser ecto ecto_sql
  elixir_make erlex esbuild ex_aws ex_doc ex_machina ex_money excoveralls expo file_system finch floki gen_stage
  gettext gproc guardian hackney heroicons hpax html_entities httpoison idna jason joken jose jsx langchain lager
  libcluster live_view_native makeup makeup_elixir makeup_erlang meck metrics mimerl mint mix_test_watch mox myxql nebulex
  nimble_options nimble_parsec nimble_pool nimble_publisher number oban observer_cli parse_trans phoenix
  phoenix_ecto phoenix_html phoenix_live_dashboard phoenix_live_reload phoenix_live_view phoenix_pubsub
  phoenix_template phoenix_view plug plug_cowboy plug_crypto poison poolboy postgrex prometheus proper quantum
  ranch recon redix req sentry ssl_verify_fun statistex stream_data swoosh tailwind telemetry telemetry_metrics
  telemetry_poller tesla thousand_island timex tzdata unicode_util_compat wallaby websock websock_adapter xmerl_xml_indent
  yamerl yaml_elixir`.split(/\s+/),
);
