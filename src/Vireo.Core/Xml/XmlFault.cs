using Vireo.Core.Errors;

namespace Vireo.Core.Xml;

/// <summary>
/// An error's kind and text in one string, so that a declaration can hold it: <c>"unsupported|unknown model '{0}'"</c>. In the text <c>{0}</c> is the
/// value, <c>{1}</c> the attribute's name, <c>{@other}</c> another attribute of the element and <c>{name}</c> what the document describes
/// (<see cref="XmlInputOptions.Subject"/>).
/// The kinds are <c>xml</c>, <c>unsupported</c>, <c>nosupport</c>, <c>internal</c>, <c>argument</c>, <c>name</c>, <c>os</c>, <c>target</c>, <c>source</c>,
/// <c>schema</c> (the document is not as its grammar wants it), and <c>detail</c> and <c>system</c> for the text alone; <c>cpu</c> and <c>zero</c> are
/// <c>unsupported</c> and <c>xml</c> from the parts of libvirt that say so. The part is otherwise the document's own; <c>@none</c>, <c>@xml</c>, <c>@net</c>
/// or <c>@storage</c> behind the kind names another, where libvirt's reader of an element that several documents have stands there.
/// </summary>
static class XmlFault
{
    /// <summary>Not an error: a bool or value that makes no sense counts as not written.</summary>
    internal const string Ignore = "ignore|";

    /// <summary>Stands in messages for the document's subject until that is known; no document can contain it.</summary>
    internal const char SubjectMark = '\u0001';

    internal static (ErrorCode Code, ErrorDomain Domain, string Text) Parse(string fault, string? value, ErrorDomain from, string? name = null)
    {
        int bar = fault.IndexOf('|', StringComparison.Ordinal);
        int part = fault.AsSpan(0, bar).IndexOf('@');
        string kind = fault[..(part < 0 ? bar : part)];
        ErrorCode code = kind switch
        {
            "detail" => ErrorCode.XmlDetail,
            "system" => ErrorCode.SystemError,
            "xml" or "zero" => ErrorCode.XmlError,
            "unsupported" or "cpu" => ErrorCode.ConfigUnsupported,
            "nosupport" => ErrorCode.NoSupport,
            "internal" => ErrorCode.InternalError,
            "argument" => ErrorCode.InvalidArg,
            "name" => ErrorCode.NoName,
            "os" => ErrorCode.OsType,
            "target" => ErrorCode.NoTarget,
            "source" => ErrorCode.NoSource,
            "schema" => ErrorCode.XmlInvalidSchema,
            _ => throw new ArgumentException($"unknown kind of error: {fault}", nameof(fault)),
        };
        ErrorDomain domain = (kind, part < 0 ? "" : fault[(part + 1)..bar]) switch
        {
            (_, "") when kind is "argument" => ErrorDomain.None,
            (_, "none") => ErrorDomain.None,
            (_, "xml") => ErrorDomain.Xml,
            (_, "net") => ErrorDomain.Net,
            (_, "storage") => ErrorDomain.Storage,
            ("cpu", _) => ErrorDomain.Cpu,
            ("zero" or "schema", _) => ErrorDomain.Xml,
            _ => from,
        };
        string text = fault[(bar + 1)..].Replace("{name}", SubjectMark.ToString(), StringComparison.Ordinal).Replace("{1}", name, StringComparison.Ordinal)
            .Replace("{0}", value, StringComparison.Ordinal);
        return (code, domain, text);
    }
}
