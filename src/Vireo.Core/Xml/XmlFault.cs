using Vireo.Core.Errors;

namespace Vireo.Core.Xml;

/// <summary>
/// An error's kind and text in one string, so that a declaration can hold it: <c>"unsupported|unknown model '{0}'"</c>.
/// The kinds are <c>xml</c>, <c>unsupported</c>, <c>nosupport</c>, <c>internal</c>, <c>argument</c>, <c>name</c>, <c>os</c>, <c>target</c> and <c>source</c>;
/// <c>cpu</c>, <c>zero</c> and <c>core</c> are <c>unsupported</c>, <c>xml</c> and <c>internal</c> from the parts of libvirt that say so, the others come
/// from the part that reads the document.
/// </summary>
static class XmlFault
{
    internal static (ErrorCode Code, ErrorDomain Domain, string Text) Parse(string fault, string? value, ErrorDomain from)
    {
        int bar = fault.IndexOf('|', StringComparison.Ordinal);
        ErrorCode code = fault[..bar] switch
        {
            "xml" or "zero" => ErrorCode.XmlError,
            "unsupported" or "cpu" => ErrorCode.ConfigUnsupported,
            "nosupport" => ErrorCode.NoSupport,
            "internal" or "core" => ErrorCode.InternalError,
            "argument" => ErrorCode.InvalidArg,
            "name" => ErrorCode.NoName,
            "os" => ErrorCode.OsType,
            "target" => ErrorCode.NoTarget,
            "source" => ErrorCode.NoSource,
            _ => throw new ArgumentException($"unknown kind of error: {fault}", nameof(fault)),
        };
        ErrorDomain domain = fault[..bar] switch
        {
            "argument" or "core" => ErrorDomain.None,
            "cpu" => ErrorDomain.Cpu,
            "zero" => ErrorDomain.Xml,
            _ => from,
        };
        return (code, domain, fault[(bar + 1)..].Replace("{0}", value, StringComparison.Ordinal));
    }
}
