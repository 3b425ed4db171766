namespace Vireo.Core.Errors;

/// <summary>How bad it is (virErrorLevel).</summary>
public enum ErrorLevel
{
    /// <summary>Not an error.</summary>
    None = 0,
    /// <summary>The call went on.</summary>
    Warning = 1,
    /// <summary>The call failed.</summary>
    Error = 2,
}

/// <summary>
/// libvirt's error as a value: what travels on the wire and fills a C caller's <c>virError</c>.
/// <see cref="Str1"/> is the template, <see cref="Str2"/> the detail, <see cref="Int1"/> an errno or -1.
/// </summary>
public sealed record VirError(
    ErrorCode Code,
    ErrorDomain Domain,
    string Message,
    ErrorLevel Level = ErrorLevel.Error,
    string? Str1 = null,
    string? Str2 = null,
    string? Str3 = null,
    int Int1 = -1,
    int Int2 = -1)
{
    /// <summary>The error as libvirt words it: the code's template filled with the detail.</summary>
    public static VirError Of(ErrorCode code, ErrorDomain domain, string? detail = null, int errno = -1)
    {
        var (plain, detailed) = ErrorTemplates.Of(code);
        string template = (detail is null ? plain : detailed) ?? $"error code {(int)code}";
        string message = detail is null ? template : template.Replace("%s", detail, StringComparison.Ordinal);
        return new VirError(code, domain, message, Str1: template, Str2: detail, Int1: errno);
    }
}
