using Vireo.Core.Errors;

namespace Vireo.Core.Xml;

/// <summary>
/// An error's kind and text in one string, so that a declaration can hold it: <c>"unsupported|unknown model '{0}'"</c>.
/// The kinds are <c>xml</c>, <c>unsupported</c>, <c>internal</c>, <c>argument</c>, <c>name</c>, <c>os</c>, <c>target</c> and <c>source</c>.
/// </summary>
static class XmlFault
{
    internal static (ErrorCode Code, ErrorDomain Domain, string Text) Parse(string fault, string? value)
    {
        int bar = fault.IndexOf('|', StringComparison.Ordinal);
        ErrorCode code = fault[..bar] switch
        {
            "xml" => ErrorCode.XmlError,
            "unsupported" => ErrorCode.ConfigUnsupported,
            "internal" => ErrorCode.InternalError,
            "argument" => ErrorCode.InvalidArg,
            "name" => ErrorCode.NoName,
            "os" => ErrorCode.OsType,
            "target" => ErrorCode.NoTarget,
            "source" => ErrorCode.NoSource,
            _ => throw new ArgumentException($"unknown kind of error: {fault}", nameof(fault)),
        };
        return (code, code is ErrorCode.InvalidArg ? ErrorDomain.None : ErrorDomain.Domain,
            fault[(bar + 1)..].Replace("{0}", value, StringComparison.Ordinal));
    }
}
