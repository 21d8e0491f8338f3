using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Host.Edge;

/// <summary>
/// The machine-readable description of everything this process serves, and a page that shows it. The page's
/// assets come from the package and its policy forbids the browser to fetch anything from elsewhere.
/// </summary>
internal static partial class ApiDescription
{
    private const string DocumentPath = "/openapi/v1.json";
    private const string Bearer = "bearer";

    /// <summary>The name that the framework gives to the same shape, less our members.</summary>
    private const string Problem = "ProblemDetails";

    private const string Scripts = "script-src 'self'";

    private const string PagePolicy =
        $"default-src 'self'; {Scripts}; style-src 'self' 'unsafe-inline'; "
        + "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    public static void AddApiDescription(this IServiceCollection services) =>
        services.AddOpenApi(
            "v1",
            options =>
            {
                options.AddDocumentTransformer(DescribeAsync);
                options.AddOperationTransformer(DescribeRefusalsAsync);
                options.AddSchemaTransformer(DescribeNumbersAsync);
            }
        );

    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi(DocumentPath)
            .AllowAnonymous()
            .Add(builder => builder.RequestDelegate = new MadeOnce(builder.RequestDelegate!).AnswerAsync);
        var page = app.MapScalarApiReference(
            "/docs",
            options =>
            {
                options.Title = "Monolith API";
                options.OpenApiRoutePattern = DocumentPath;
                options.DefaultFonts = false;
                options.Telemetry = false;
                options.Agent = new ScalarAgentOptions { Disabled = true };
                options.HideClientButton = true;
            }
        );
        page.AllowAnonymous().ExcludeFromDescription();
        page.Add(KeepPage);
    }

    /// <summary>
    /// The page is made once; its scripts are files. The package would make one for each name that somebody thinks of.
    /// </summary>
    private static void KeepPage(EndpointBuilder builder)
    {
        if (IsScript(builder))
            return;
        var make = builder.RequestDelegate!;
        var kept = new MadeOnce(make, PolicyOf);
        builder.RequestDelegate = http =>
        {
            if (http.GetRouteValue("documentName") is not null)
            {
                http.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            }
            // Without the slash at the end it leads to where its scripts are found.
            return http.Request.Path.Value!.EndsWith('/') ? kept.AnswerAsync(http) : make(http);
        };
    }

    private static bool IsScript(EndpointBuilder builder) =>
        builder is RouteEndpointBuilder { RoutePattern.RawText: { } path }
        && path.EndsWith(".js", StringComparison.Ordinal);

    /// <summary>The page brings a script within it: it may run because of what it says, and no other may.</summary>
    private static string PolicyOf(byte[] page)
    {
        var hashes = InlineScript()
            .Matches(Encoding.UTF8.GetString(page))
            .Select(script => SHA256.HashData(Encoding.UTF8.GetBytes(script.Groups["says"].Value)))
            .Select(hash => $" 'sha256-{Convert.ToBase64String(hash)}'");
        return PagePolicy.Replace(Scripts, Scripts + string.Concat(hashes), StringComparison.Ordinal);
    }

    [GeneratedRegex(
        "<script(?![^>]*src=)[^>]*>(?<says>.*?)</script>",
        RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex InlineScript();

    private static Task DescribeAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info = new OpenApiInfo
        {
            Title = "Monolith API",
            Version = "v1",
            Description =
                "A food-delivery platform: orders, riders, reviews. Errors are RFC 9457 problem details with a "
                + "stable `code`. Unknown JSON members are ignored; lists are paged by `cursor` and `limit`.",
        };
        // What the process was asked at says nothing of where clients will find it.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Paths["/metrics"] = DescribeMetrics();
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        document.Components.Schemas[Problem] = ProblemSchema();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(
            StringComparer.Ordinal
        );
        document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "An access token from `POST /connect/token`.",
        };
        return Task.CompletedTask;
    }

    /// <summary>The exporter's endpoint is not one that the framework can describe.</summary>
    private static OpenApiPathItem DescribeMetrics() =>
        new()
        {
            Operations = new Dictionary<HttpMethod, OpenApiOperation>
            {
                [HttpMethod.Get] = new OpenApiOperation
                {
                    Summary =
                        "Figures in Prometheus' text format, for local addresses unless configured otherwise",
                    Responses = new OpenApiResponses { ["200"] = new OpenApiResponse { Description = "OK" } },
                },
            },
        };

    /// <summary>Endpoints need not repeat what the edge answers for all of them alike.</summary>
    private static Task DescribeRefusalsAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        operation.Responses ??= [];
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security ??= [];
            operation.Security.Add(
                new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [],
                }
            );
            AddProblem(operation, context, "401", "Without a valid access token: `unauthenticated`.");
            AddProblem(operation, context, "403", "With a token of another role: `forbidden`.");
        }

        var path = context.Description.RelativePath ?? "";
        if (path.EndsWith("/stream", StringComparison.Ordinal))
            AddProblem(operation, context, "429", "The caller has too many open: `too_many_streams`.");
        if (path.StartsWith("api/", StringComparison.Ordinal))
            AddProblem(
                operation,
                context,
                "503",
                "It is paused, starting or out of reach; `Retry-After` says when to try again."
            );
        foreach (var (status, description) in OfAny)
            AddProblem(operation, context, status, description);
        return Task.CompletedTask;
    }

    /// <summary>What the edge and the server refuse before an endpoint sees it, whether or not it wants a body.</summary>
    private static readonly (string Status, string Description)[] OfAny =
    [
        ("400", "The request is wrong in itself; `errors` names the fields where it is they."),
        ("413", "The body is too large: `payload_too_large`."),
        ("414", "The address is too long: `uri_too_long`."),
        ("415", "The body is of a type or charset that is not known here: `unsupported_media_type`."),
        ("431", "The headers are too large or too many: `headers_too_large`."),
    ];

    /// <summary>How numbers are read is our own, so the framework does not know that they are any.</summary>
    private static Task DescribeNumbersAsync(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var type = context.JsonTypeInfo.Type;
        if ((Nullable.GetUnderlyingType(type) ?? type) is { } number && Numbers.Contains(number))
            schema.Type =
                number == type ? JsonSchemaType.Number : JsonSchemaType.Number | JsonSchemaType.Null;
        return Task.CompletedTask;
    }

    private static readonly Type[] Numbers = [typeof(double), typeof(decimal)];

    private static void AddProblem(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        string status,
        string description
    )
    {
        operation.Responses!.TryAdd(
            status,
            new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [MediaTypeNames.Application.ProblemJson] = new OpenApiMediaType
                    {
                        Schema = new OpenApiSchemaReference(Problem, context.Document),
                    },
                },
            }
        );
    }

    private static OpenApiSchema ProblemSchema() =>
        new()
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["type"] = Text(),
                ["title"] = Text(),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
                ["detail"] = Text(),
                ["code"] = Text(),
                ["traceId"] = Text(),
                ["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text() },
                },
            },
        };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String };
}
