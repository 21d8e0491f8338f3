using Microsoft.AspNetCore.WebUtilities;

namespace Platform.Http;

/// <summary>The stable code of a status that nobody gave a more telling one, and its sentence for a person.</summary>
internal static class KnownProblems
{
    public static (string Code, string Detail) Of(int status) =>
        status switch
        {
            400 => ("bad_request", "The request cannot be understood."),
            401 => (
                "unauthenticated",
                "This call needs a valid access token in the header 'Authorization: Bearer …'."
            ),
            403 => ("forbidden", "The caller may not do this."),
            404 => ("not_found", "There is nothing here for this caller."),
            405 => (
                "method_not_allowed",
                "This path does not take that method; the header 'Allow' lists those it takes."
            ),
            406 => ("not_acceptable", "This path cannot answer in a media type that the request accepts."),
            408 => ("request_timeout", "The request did not arrive in time."),
            411 => ("length_required", "The request has to say how long its body is."),
            413 => ("payload_too_large", "The body is larger than this server takes."),
            414 => ("uri_too_long", "The address is longer than this server takes."),
            415 => ("unsupported_media_type", "Send the body as 'Content-Type: application/json'."),
            429 => ("rate_limited", "Too many requests; the header 'Retry-After' says when to try again."),
            431 => (
                "headers_too_large",
                "The headers are larger or more than this server takes; cookies are among them."
            ),
            505 => ("http_version", "This server speaks HTTP/1.1."),
            500 => ("internal_error", "Something went wrong here; quote the trace id when reporting it."),
            503 => ("unavailable", "This cannot be served just now; try again shortly."),
            _ => ($"http_{status}", ReasonPhrases.GetReasonPhrase(status)),
        };
}
