using System.Xml;
using Vireo.Core.Errors;

namespace Vireo.Core.Xml;

public sealed partial class XmlInput
{
    /// <summary>The attribute <paramref name="name"/> of the element that the input stands on has a value that makes no sense.</summary>
    /// <param name="name">The attribute; null: the element's text.</param>
    /// <param name="value">What it holds.</param>
    /// <param name="fault">The error as <see cref="XmlFault"/> describes it; null for libvirt's usual one.</param>
    /// <param name="expected">What was wanted, behind the usual text.</param>
    public VireoException Bad(string? name, string? value, string? fault = null, string? expected = null)
    {
        (ErrorCode code, ErrorDomain domain, string text) = fault is not null
            ? XmlFault.Parse(WithOthers(fault), value, options.From, name)
            : (ErrorCode.XmlError, ErrorDomain.Xml, name is null
                ? $"Invalid value '{value}' for element or attribute './{Here}'"
                : $"Invalid value for attribute '{name}' in element '{Here}': '{value}'.{expected}");
        if (name is not null && reader.NodeType == XmlNodeType.Element)
            reader.MoveToAttribute(name);
        return Fail(code, domain, text, name is null ? "" : $"/@{name}");
    }

    /// <summary>The fault with the values of other attributes that it names.</summary>
    string WithOthers(string fault)
    {
        for (int from = fault.IndexOf("{@", StringComparison.Ordinal); from >= 0; from = fault.IndexOf("{@", from, StringComparison.Ordinal))
        {
            int to = fault.IndexOf('}', from);
            string other = Attribute(fault[(from + 2)..to]) ?? "(null)";
            fault = string.Concat(fault.AsSpan(0, from), other.Replace('{', '('), fault.AsSpan(to + 1));
        }
        return fault;
    }

    /// <summary>The attribute that chooses a case, on the element entered at <paramref name="depth"/>, has an unknown word.</summary>
    public VireoException BadTag(int depth, string name, string? value, string? fault = null)
    {
        (ErrorCode code, ErrorDomain domain, string text) = fault is not null
            ? XmlFault.Parse(fault, value, options.From)
            : (ErrorCode.XmlError, ErrorDomain.Xml, $"Invalid value for attribute '{name}' in element '{path[depth].Name}': '{value}'.");
        return At(code, domain, text, new XmlPosition(path[depth].Line, path[depth].Column, $"{PathAt(depth)}/@{name}"));
    }

    /// <summary>The element entered at <paramref name="depth"/> lacks an attribute.</summary>
    public VireoException MissingAttribute(int depth, string name, string? fault = null)
    {
        (ErrorCode code, ErrorDomain domain, string text) = fault is not null
            ? XmlFault.Parse(fault, null, options.From)
            : (ErrorCode.XmlError, ErrorDomain.Xml, $"Missing required attribute '{name}' in element '{path[depth].Name}'");
        return FailAt(depth, code, domain, text);
    }

    /// <summary>The element entered at <paramref name="depth"/> lacks a child.</summary>
    public VireoException MissingElement(int depth, string name, string? fault = null)
    {
        (ErrorCode code, ErrorDomain domain, string text) = fault is not null
            ? XmlFault.Parse(fault, null, options.From)
            : (ErrorCode.XmlError, ErrorDomain.Xml, $"Missing required element '{name}' in element '{path[depth].Name}'");
        return FailAt(depth, code, domain, text);
    }

    /// <summary>The element entered at <paramref name="depth"/> and of type <paramref name="tag"/> needs a child.</summary>
    public VireoException NeedsSource(int depth, string? tag, string child) =>
        FailAt(depth, ErrorCode.XmlError, options.From, $"{path[depth].Name} type='{tag}' requires a '{child}' element");

    /// <summary>Any other error about what the input stands on.</summary>
    public VireoException Fail(ErrorCode code, ErrorDomain domain, string text, string below = "")
    {
        int depth = reader.NodeType == XmlNodeType.Attribute ? reader.Depth - 1 : reader.Depth;
        return At(code, domain, text, new XmlPosition(lines.LineNumber, lines.LinePosition, PathAt(depth) + below));
    }

    VireoException FailAt(int depth, ErrorCode code, ErrorDomain domain, string text) =>
        At(code, domain, text, new XmlPosition(path[depth].Line, path[depth].Column, PathAt(depth)));

    string Here => path[Math.Min(reader.NodeType is XmlNodeType.Attribute or XmlNodeType.Text ? reader.Depth - 1 : reader.Depth, path.Length - 1)].Name;

    /// <summary>An error with the place behind libvirt's text; an empty text is the code's own.</summary>
    public static VireoException At(ErrorCode code, ErrorDomain domain, string text, XmlPosition? position)
    {
        var error = VirError.Of(code, domain, text.Length == 0 ? null : text);
        return new VireoException(position is null ? error : error with { Message = $"{error.Message} ({position})" });
    }

    VireoException Malformed(XmlException malformed)
    {
        string text = malformed.Message;
        int position = text.LastIndexOf(" Line ", StringComparison.Ordinal);
        if (position > 0)
            text = text[..position];
        int line = Math.Max(1, malformed.LineNumber);
        return new VireoException(
            ErrorCode.XmlDetail, options.From, $"{options.Title}:{line}: {text.TrimEnd('.')} (line {line}, column {malformed.LinePosition})", malformed);
    }
}
