using Vireo.Core;
using Vireo.Core.Xml;

namespace Vireo.Model.Shared;

/// <summary>A network filter with the values of its variables.</summary>
[Element("filterref")]
public sealed partial record FilterRef
{
    [Attr("filter")] public required string Filter { get; init; }

    /// <summary>
    /// Sorted by name, several values of one name in the order they were written. A parameter that misses its name or value, or whose name or value
    /// has other characters than letters, digits and <c>_</c> (the value also <c>.</c> and <c>:</c>), is dropped without a word, as libvirt does.
    /// </summary>
    [Hook("parameter")] public ValueList<FilterParameter> Parameters { get; init; }

    static void ReadParameters(XmlInput x, ref ValueListBuilder<FilterParameter> parameters)
    {
        if (x.Attribute("name") is { } name && x.Attribute("value") is { } value && IsWord(name, "_") && IsWord(value, "_.:"))
            parameters.Add(new FilterParameter { Name = name, Value = value });
    }

    void WriteParameters(XmlOutput o)
    {
        foreach (FilterParameter parameter in Parameters.OrderBy(parameter => parameter.Name, StringComparer.Ordinal))
            parameter.WriteXml(o);
    }

    static bool IsWord(string text, string also) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || also.Contains(c, StringComparison.Ordinal));
}

/// <summary>A variable's value.</summary>
[Element("parameter")]
public sealed partial record FilterParameter
{
    [Attr("name")] public required string Name { get; init; }
    [Attr("value")] public required string Value { get; init; }
}
