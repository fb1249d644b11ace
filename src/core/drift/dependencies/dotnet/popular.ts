/** NuGet packages that impostors imitate: widely used ones, by hand, in lower case. */
const IDS = `automapper autofac azure.core azure.identity azure.storage.blobs benchmarkdotnet bogus castle.core coverlet.collector
coverlet.msbuild csvhelper dapper dotnetzip efcore.namingconventions elasticsearch.net entityframework epplus
fluentassertions fluentvalidation fluentvalidation.aspnetcore fsharp.core google.protobuf grpc.aspnetcore grpc.net.client
hangfire htmlagilitypack humanizer identityserver4 linqkit log4net mailkit masstransit mediatr messagepack
microsoft.applicationinsights microsoft.aspnetcore.authentication.jwtbearer microsoft.aspnetcore.mvc.newtonsoftjson
microsoft.aspnetcore.openapi microsoft.codeanalysis.csharp microsoft.data.sqlclient microsoft.entityframeworkcore
microsoft.entityframeworkcore.design microsoft.entityframeworkcore.inmemory microsoft.entityframeworkcore.sqlite
microsoft.entityframeworkcore.sqlserver microsoft.entityframeworkcore.tools microsoft.extensions.caching.memory
microsoft.extensions.configuration microsoft.extensions.configuration.json microsoft.extensions.dependencyinjection
microsoft.extensions.hosting microsoft.extensions.http microsoft.extensions.logging microsoft.extensions.logging.console
microsoft.extensions.options microsoft.identity.client microsoft.net.test.sdk microsoft.sourcelink.github mongodb.driver
moq mstest.testadapter mstest.testframework mysql.data mysqlconnector nbuilder newtonsoft.json nlog nodatime npgsql
npgsql.entityframeworkcore.postgresql nsubstitute nswag.aspnetcore nunit nunit3testadapter
opentelemetry opentelemetry.extensions.hosting polly prometheus-net quartz rabbitmq.client refit restsharp scrutor
seq serilog serilog.aspnetcore serilog.extensions.hosting serilog.settings.configuration serilog.sinks.console
serilog.sinks.file sharpziplib sixlabors.imagesharp skiasharp stackexchange.redis stylecop.analyzers
swashbuckle.aspnetcore system.commandline system.data.sqlclient system.drawing.common system.identitymodel.tokens.jwt
system.reactive system.text.json unity xamarin.forms xunit xunit.runner.visualstudio yamldotnet z.entityframework.extensions
zeromq`;

/** Lower-case ids. */
export const NUGET: ReadonlySet<string> = new Set(IDS.split(/\s+/));
