using System.Net.Mime;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Platform.Http;

/// <summary>
/// Refuses, before anything reads them, bodies that announce themselves as too large or as text in an encoding
/// nobody knows, and query strings with the character zero, which no text has and not every database can look for. The server's own limit stays in force for bodies of unannounced length.
/// </summary>
internal sealed class BodyGuard(RequestDelegate next)
{
    /// <summary>
    /// How much of a refused body may still come in. Many clients send all before they look at the answer;
    /// hanging up on them would turn a clear 413 into a broken connection.
    /// </summary>
    private const long DrainLimit = 64 * 1024 * 1024;

    public Task InvokeAsync(HttpContext http)
    {
        var limit = http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (limit is { MaxRequestBodySize: { } most } && http.Request.ContentLength > most)
        {
            if (!limit.IsReadOnly)
                limit.MaxRequestBodySize = DrainLimit;
            return http.WriteProblemAsync(
                StatusCodes.Status413PayloadTooLarge,
                "payload_too_large",
                FormattableString.Invariant(
                    $"The body is larger than the {most} bytes that this server takes."
                )
            );
        }

        if (http.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true)
        {
            return http.WriteProblemAsync(
                StatusCodes.Status400BadRequest,
                "invalid_parameter",
                "The query string contains the character zero (%00)."
            );
        }

        return IsReadable(http.Request)
            ? next(http)
            : http.WriteProblemAsync(
                StatusCodes.Status415UnsupportedMediaType,
                "unsupported_media_type",
                "The media type or its charset is not known here; send JSON in UTF-8."
            );
    }

    /// <summary>
    /// The framework throws on a charset that it does not know, as if it were a bug of ours, and takes one that is
    /// quoted, as RFC 9110 allows, for such. So it is given the name alone.
    /// </summary>
    private static bool IsReadable(HttpRequest request)
    {
        if (
            string.IsNullOrEmpty(request.ContentType)
            || request.ContentType == MediaTypeNames.Application.Json
        )
            return true;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var mediaType))
            return false;
        if (!mediaType.Charset.HasValue)
            return true;
        try
        {
            var charset = HeaderUtilities.UnescapeAsQuotedString(mediaType.Charset);
            Encoding.GetEncoding(charset.Value!);
            if (charset == mediaType.Charset)
                return true;
            mediaType.Charset = charset;
            request.ContentType = mediaType.ToString();
            return true;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
