using Vireo.Core.Errors;

namespace Vireo.Core.Xml;

/// <summary>
/// An error's kind and text in one string, so that a declaration can hold it: <c>"unsupported|unknown model '{0}'"</c>.
/// The kinds are <c>xml</c>, <c>unsupported</c>, <c>nosupport</c>, <c>internal</c>, <c>argument</c>, <c>name</c>, <c>os</c>, <c>target</c> and <c>source</c>;
/// <c>cpu</c> and <c>zero</c> are <c>unsupported</c> and <c>xml</c> from the parts of libvirt that say so. The part is otherwise the document's own;
/// <c>@none</c> or <c>@storage</c> behind the kind names another, where libvirt's reader of an element that several documents have stands there.
/// </summary>
static class XmlFault
{
    internal static (ErrorCode Code, ErrorDomain Domain, string Text) Parse(string fault, string? value, ErrorDomain from)
    {
        int bar = fault.IndexOf('|', StringComparison.Ordinal);
        int part = fault.AsSpan(0, bar).IndexOf('@');
        string kind = fault[..(part < 0 ? bar : part)];
        ErrorCode code = kind switch
        {
            "xml" or "zero" => ErrorCode.XmlError,
            "unsupported" or "cpu" => ErrorCode.ConfigUnsupported,
            "nosupport" => ErrorCode.NoSupport,
            "internal" => ErrorCode.InternalError,
            "argument" => ErrorCode.InvalidArg,
            "name" => ErrorCode.NoName,
            "os" => ErrorCode.OsType,
            "target" => ErrorCode.NoTarget,
            "source" => ErrorCode.NoSource,
            _ => throw new ArgumentException($"unknown kind of error: {fault}", nameof(fault)),
        };
        ErrorDomain domain = (kind, part < 0 ? "" : fault[(part + 1)..bar]) switch
        {
            (_, "none") or ("argument", _) => ErrorDomain.None,
            (_, "storage") => ErrorDomain.Storage,
            ("cpu", _) => ErrorDomain.Cpu,
            ("zero", _) => ErrorDomain.Xml,
            _ => from,
        };
        return (code, domain, fault[(bar + 1)..].Replace("{0}", value, StringComparison.Ordinal));
    }
}
